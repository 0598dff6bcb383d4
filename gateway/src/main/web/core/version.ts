// SPDX-License-Identifier: GPL-3.0-only
// When does this page give way to a newer version of itself? Only when somebody wants it, and never in the middle of an answer.

export interface Versions {
  /** Of this page. */
  own: string;
  /** Of the service worker that gives pages their files now. */
  active: string | undefined;
  /** Of one that is installed and waits to follow it. */
  waiting: string | undefined;
  /** Somebody pressed the button. */
  wanted: boolean;
  /** An answer grows, or is read aloud. */
  busy: boolean;
}

export type Verdict =
  | "current"
  /** This page is as new as what waits: it came from the gateway. Nobody need be asked. */
  | "follow"
  | "offer"
  /** It was wanted, and comes when what runs has ended. */
  | "soon"
  | "reload";

export function verdict({ own, active, waiting, wanted, busy }: Versions): Verdict {
  if (waiting === own) {
    return "follow";
  }
  const newer = waiting ?? active;
  if (newer === undefined || newer === own) {
    return "current";
  }
  return !wanted ? "offer" : busy ? "soon" : "reload";
}
