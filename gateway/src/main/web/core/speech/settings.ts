// SPDX-License-Identifier: GPL-3.0-only
// How this browser listens and speaks, as its user wants it.
import { PAUSE_MILLIS, type BargeIn, type Manner } from "./speech.ts";

export interface VoiceSettings extends Omit<Manner, "engine"> {
  /** Answers to what was said are read aloud. */
  aloud: boolean;
  /** Short sounds say that it woke, heard, or failed. */
  sounds: boolean;
  /** The vendor of this browser may turn speech into text where nobody else can. */
  vendor: boolean;
  /** How loud answers are read, from 0 to 1. */
  volume: number;
}

export const BARGE_INS: readonly BargeIn[] = ["talk", "word", "finish"];
export const MIN_PAUSE_MILLIS = 300;
export const MAX_PAUSE_MILLIS = 3_000;
export const MIN_VOLUME = 0.1;
export const MAX_WAKE_WORD_CHARS = 40;

export const DEFAULT_SETTINGS: VoiceSettings = {
  wakeWord: "Computer",
  bargeIn: "talk",
  pauseMillis: PAUSE_MILLIS,
  aloud: true,
  sounds: true,
  volume: 1,
  vendor: false,
};

/** What was kept, as far as it makes sense. */
export function readSettings(kept: string | null): VoiceSettings {
  let found: Partial<Record<keyof VoiceSettings, unknown>>;
  try {
    found = (JSON.parse(kept ?? "{}") as typeof found | null) ?? {};
  } catch {
    found = {};
  }
  const { wakeWord, bargeIn, pauseMillis, aloud, sounds, volume, vendor } = found;
  const word = typeof wakeWord === "string" ? wakeWord.trim().slice(0, MAX_WAKE_WORD_CHARS) : "";
  const pause = typeof pauseMillis === "number" && Number.isFinite(pauseMillis) ? pauseMillis : PAUSE_MILLIS;
  return {
    wakeWord: /[\p{L}\p{N}]/u.test(word) ? word : DEFAULT_SETTINGS.wakeWord,
    bargeIn: BARGE_INS.find((each) => each === bargeIn) ?? DEFAULT_SETTINGS.bargeIn,
    pauseMillis: Math.min(MAX_PAUSE_MILLIS, Math.max(MIN_PAUSE_MILLIS, pause)),
    aloud: typeof aloud === "boolean" ? aloud : DEFAULT_SETTINGS.aloud,
    sounds: typeof sounds === "boolean" ? sounds : DEFAULT_SETTINGS.sounds,
    vendor: vendor === true,
    volume: typeof volume === "number" && Number.isFinite(volume) ? Math.min(1, Math.max(MIN_VOLUME, volume)) : 1,
  };
}
