// SPDX-License-Identifier: GPL-3.0-only
// What the microphone gave, from a moment before somebody spoke, as a WAV file. Pure.
import { FRAME_MILLIS, SAMPLE_RATE } from "./voice.ts";

/** What is kept of the time before a clip begins: the first syllable is over when a voice is noticed. */
export const PRE_ROLL_MILLIS = 500;
const PRE_ROLL_FRAMES = PRE_ROLL_MILLIS / FRAME_MILLIS;
const HEADER_BYTES = 44;

export class Recorder {
  #recent: Int16Array[] = [];
  #clip: Int16Array[] | undefined;

  frame(samples: Int16Array): void {
    if (this.#clip !== undefined) {
      this.#clip.push(samples);
      return;
    }
    this.#recent.push(samples);
    if (this.#recent.length > PRE_ROLL_FRAMES) {
      this.#recent.shift();
    }
  }

  begin(): void {
    this.#clip = this.#recent;
    this.#recent = [];
  }

  drop(): void {
    this.#clip = undefined;
  }

  /** Ends the clip; undefined if there is none. */
  end(): Uint8Array<ArrayBuffer> | undefined {
    const clip = this.#clip;
    this.#clip = undefined;
    return clip && wav(clip);
  }

  /** Nothing of it is kept. */
  clear(): void {
    this.#recent = [];
    this.#clip = undefined;
  }
}

/** PCM, 16 bit, mono, 16 kHz. */
export function wav(frames: readonly Int16Array[]): Uint8Array<ArrayBuffer> {
  const samples = frames.reduce((sum, { length }) => sum + length, 0);
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + 2 * samples));
  const name = (at: number, text: string): void => [...text].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  name(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  name(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, SAMPLE_RATE, true);
  file.setUint32(28, 2 * SAMPLE_RATE, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  name(36, "data");
  file.setUint32(40, 2 * samples, true);
  let at = HEADER_BYTES;
  for (const frame of frames) {
    for (const sample of frame) {
      file.setInt16(at, sample, true);
      at += 2;
    }
  }
  return new Uint8Array(file.buffer);
}
