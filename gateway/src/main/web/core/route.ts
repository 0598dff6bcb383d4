// SPDX-License-Identifier: GPL-3.0-only
// Which part of the page is shown: named by the part of the address after #, so that Back and bookmarks work.

/** In the order of the tabs; `talk` is where everything begins, and `admin` is there for operators only. */
export const VIEWS = ["talk", "realm", "gallery", "history", "help", "admin"] as const;

export type View = (typeof VIEWS)[number];

/** The turn that an address names, which stands in the conversation. */
export function turnOf(hash: string): string | undefined {
  return /^#turn-([0-9a-f-]{36})$/.exec(hash)?.[1];
}

export function viewOf(hash: string): View {
  return VIEWS.find((view) => `#${view}` === hash) ?? "talk";
}
