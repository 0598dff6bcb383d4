// SPDX-License-Identifier: GPL-3.0-only
// What a key means that is pressed outside of a text field.

/** What somebody may want with one key. */
export type Act = "quiet" | "words" | "hold" | "mute" | "again" | "gallery" | "help";

const SINGLE_KEYS: Readonly<Record<string, Act>> = { "/": "words", m: "mute", r: "again", g: "gallery", "?": "help" };

export interface Pressed {
  key: string;
  /** In a field, a list or a dialogue, where keys have their own meaning. */
  typing: boolean;
  /** With Ctrl, Alt or the command key. */
  modified: boolean;
}

/** `single` is false where somebody has switched off keys that act alone (WCAG 2.1.4); Esc always stops. */
export function meaning({ key, typing, modified }: Pressed, single: boolean): Act | undefined {
  if (key === "Escape") {
    return "quiet";
  }
  if (typing || modified || !single) {
    return undefined;
  }
  return key === " " ? "hold" : SINGLE_KEYS[key.toLowerCase()];
}
