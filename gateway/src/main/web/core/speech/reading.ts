// SPDX-License-Identifier: GPL-3.0-only
// What of an answer is for the ear. Pure.
import { sniff, type Media } from "../media.ts";
import { isOpen, type Turn } from "../turn.ts";

export interface Reading {
  /** To be read aloud, as far as it has come. */
  text: string;
  /** Nothing more will come. */
  whole: boolean;
  /** The answer is a sound itself. */
  sound?: Media;
}

export function reading(turn: Turn, aloud: boolean): Reading {
  const whole = !isOpen(turn);
  const sound = turn.media.find(isSound);
  return whole && turn.text === "" && sound !== undefined
    ? { text: "", whole, sound }
    : { text: aloud ? turn.text : "", whole };
}

export function isSound(media: Media | undefined): media is Media {
  return media !== undefined && (sniff(media.bytes)?.startsWith("audio/") ?? false);
}
