// SPDX-License-Identifier: GPL-3.0-only
// Does somebody speak? Frame by frame, from loudness against the quiet of this room. Pure.

export const SAMPLE_RATE = 16_000;
export const FRAME_MILLIS = 10;
export const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MILLIS) / 1000;

/** Louder than the room by so much is a voice. */
const ABOVE_FLOOR_DB = 9;
/** Quieter than this is nobody near a microphone, however quiet the room. */
const LEAST_DB = -52;
/** What a room is taken for before there is a past to compare with. */
const FIRST_FLOOR_DB = -45;
/** So many loud frames begin it, so many quiet ones end it: a click lasts 10 to 30 ms, a stop within a word 100. */
const FRAMES_TO_BEGIN = 5;
const FRAMES_TO_END = 20;
/** The room is as loud as the quietest of so many frames: a fan that is switched on counts as quiet after 1.5 s. */
const FLOOR_FRAMES = 150;
const SILENT_DB = -100;

/** Minimum statistics, after Martin (2001), on the loudness of whole frames. */
export class VoiceDetector {
  #recent: number[] = [];
  #smooth = SILENT_DB;
  #loud = 0;
  #quiet = 0;
  #speaking = false;

  get speaking(): boolean {
    return this.#speaking;
  }

  /** What this frame changes: somebody begins to speak or stops; undefined if nothing. */
  hear(samples: Int16Array): "speech" | "silence" | undefined {
    const now = loudness(samples);
    this.#smooth = this.#recent.length === 0 ? now : 0.8 * this.#smooth + 0.2 * now;
    this.#recent.push(this.#smooth);
    if (this.#recent.length > FLOOR_FRAMES) {
      this.#recent.shift();
    }
    const floor = this.#recent.length < FRAMES_TO_END ? FIRST_FLOOR_DB : Math.min(...this.#recent);
    const isLoud = now > Math.max(LEAST_DB, floor + ABOVE_FLOOR_DB);
    // A frame may fall between two pulses of a deep voice, so one that is quiet does not begin the count anew.
    this.#loud = isLoud ? Math.min(FRAMES_TO_BEGIN, this.#loud + 1) : Math.max(0, this.#loud - 1);
    this.#quiet = isLoud ? 0 : this.#quiet + 1;
    if (!this.#speaking && this.#loud >= FRAMES_TO_BEGIN) {
      this.#speaking = true;
      return "speech";
    }
    if (this.#speaking && this.#quiet >= FRAMES_TO_END) {
      this.#speaking = false;
      return "silence";
    }
    return undefined;
  }
}

/** Of a frame, in dB of full scale. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }
  const mean = sum / Math.max(1, samples.length) / (32_768 * 32_768);
  return mean === 0 ? SILENT_DB : Math.max(SILENT_DB, 10 * Math.log10(mean));
}
