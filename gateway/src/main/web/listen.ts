// SPDX-License-Identifier: GPL-3.0-only
// Runs where the sound is: makes frames of 10 ms at 16 kHz of whatever rate the microphone has. A bundle of its own.
import { Downsampler } from "./core/speech/downsampler.ts";

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, type: new () => AudioWorkletProcessor): void;

registerProcessor(
  "mtor-listen",
  class extends AudioWorkletProcessor {
    readonly #down = new Downsampler(sampleRate, (frame) => this.port.postMessage(frame, [frame.buffer]));

    process([input]: Float32Array[][]): boolean {
      const channel = input?.[0];
      if (channel !== undefined) {
        this.#down.feed(channel);
      }
      return true;
    }
  },
);
