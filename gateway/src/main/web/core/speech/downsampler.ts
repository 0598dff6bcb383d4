// SPDX-License-Identifier: GPL-3.0-only
// Samples of any rate of at least 16 kHz as frames of 16 bit at 16 kHz. Pure.
import { FRAME_SAMPLES, SAMPLE_RATE } from "./voice.ts";

/** Each sample is the mean of those that fall into its time: a simple low-pass, good enough for speech. */
export class Downsampler {
  readonly #step: number;
  readonly #out: (frame: Int16Array<ArrayBuffer>) => void;
  #frame = new Int16Array(FRAME_SAMPLES);
  #filled = 0;
  #sum = 0;
  #count = 0;
  #at = 0;

  constructor(rate: number, out: (frame: Int16Array<ArrayBuffer>) => void) {
    this.#step = Math.max(1, rate / SAMPLE_RATE);
    this.#out = out;
  }

  feed(samples: Float32Array): void {
    for (const sample of samples) {
      this.#sum += sample;
      this.#count++;
      this.#at++;
      if (this.#at >= this.#step) {
        this.#at -= this.#step;
        this.#add(this.#sum / this.#count);
        this.#sum = 0;
        this.#count = 0;
      }
    }
  }

  #add(sample: number): void {
    this.#frame[this.#filled++] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
    if (this.#filled === FRAME_SAMPLES) {
      this.#out(this.#frame);
      this.#frame = new Int16Array(FRAME_SAMPLES);
      this.#filled = 0;
    }
  }
}
