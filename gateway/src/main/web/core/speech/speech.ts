// SPDX-License-Identifier: GPL-3.0-only
// What the speech loop is made of: its states, what happens to it, and what it has done.

import type { Command } from "./commands.ts";
import type { Engine } from "./engines.ts";

export type Mode = "off" | "opening" | "asleep" | "wake" | "listening" | "thinking" | "speaking" | "barge-in" | "follow-up";

/** Why the microphone is closed. */
export type Reason = "resting" | "muted" | "insecure" | "denied" | "missing" | "ended" | "hidden";

/** What words that come while an answer is spoken do to it. */
export type BargeIn = "talk" | "word" | "finish";

/** What a clip is asked for: the wake word, what is wanted, or a word that ends the answer. */
export type Purpose = "wake" | "words" | "gate";

export interface Manner {
  wakeWord: string;
  bargeIn: BargeIn;
  /** How long a pause ends what is said. */
  pauseMillis: number;
  /** Who turns speech into text now. */
  engine: Engine;
}

export interface Speech {
  mode: Mode;
  /** Means something in the mode `off` only. */
  reason: Reason;
  manner: Manner;
  /** Talk is held down: a pause ends nothing. */
  held: boolean;
  /** A clip is being taken. */
  clip: boolean;
  /** Somebody has spoken in it. */
  spoke: boolean;
  /** Somebody speaks just now. */
  voice: boolean;
  /** Thinking: what was said is known, and an answer is awaited. */
  sent: boolean;
  /** Opening: listen at once, because Talk was pressed. */
  eager: boolean;
  /** Speaking: what the microphone hears now may be the beginning of our own voice. */
  deaf: boolean;
}

export type Timer = "wake" | "begin" | "finish" | "cap" | "follow" | "barge" | "deaf";

export type Event =
  | { kind: "mute" | "opened" | "hold" | "release" | "tap" | "stop" }
  | { kind: "closed"; reason: Reason }
  /** The voice detector hears somebody, or nobody any more. */
  | { kind: "speech" | "silence" }
  | { kind: "timer"; timer: Timer }
  /** What was understood of a clip; empty if nothing was. */
  | { kind: "heard"; purpose: Purpose; text: string }
  | { kind: "unheard"; purpose: Purpose }
  /** The answer begins to sound; has been spoken to its end; has ended without anything to speak. */
  | { kind: "sounds" | "spoken" | "ended" }
  | { kind: "manner"; manner: Manner };

export type Effect =
  | { kind: "open" | "close" | "begin-clip" | "drop-clip" | "hold-voice" | "go-on" | "cancel" }
  | { kind: "transcribe"; purpose: Purpose }
  | { kind: "send"; text: string }
  /** Something that the page does itself. */
  | { kind: "command"; command: Command }
  | { kind: "chime"; chime: "wake" | "heard" | "error" }
  | { kind: "start"; timer: Timer; millis: number }
  | { kind: "clear"; timer: Timer };

export interface Next {
  state: Speech;
  effects: Effect[];
}

export const WAKE_MILLIS = 120;
export const BEGIN_MILLIS = 6_000;
export const CAP_MILLIS = 30_000;
export const FOLLOW_MILLIS = 8_000;
export const BARGE_MILLIS = 400;
export const DEAF_MILLIS = 250;
export const PAUSE_MILLIS = 700;

export function resting(manner: Manner): Speech {
  return { mode: "off", reason: "resting", manner, held: false, clip: false, spoke: false, voice: false, sent: false, eager: false, deaf: false };
}

export function isOpen({ mode }: Speech): boolean {
  return mode !== "off" && mode !== "opening";
}
