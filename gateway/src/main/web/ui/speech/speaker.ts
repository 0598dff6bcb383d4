// SPDX-License-Identifier: GPL-3.0-only
import { sniff, type Media } from "../../core/media.ts";
import type { Sound, Voice } from "../../core/speech/reader.ts";

const DUCKED = 0.2;
/** Fades are short, but not so short that they click. */
const FADE_SECONDS = 0.02;

/** Frequencies and when they begin, in seconds; made here, so that no file has to be fetched. */
const CHIMES: Record<"wake" | "heard" | "error", readonly [number, number][]> = {
  wake: [
    [660, 0],
    [990, 0.07],
  ],
  heard: [[990, 0]],
  error: [
    [440, 0],
    [330, 0.09],
  ],
};
const CHIME_SECONDS = 0.09;
const CHIME_GAIN = 0.12;

/** Asks the realm for the sound of a sentence. */
export type Synthesis = (text: string) => Promise<Media | undefined>;

/** Everything that this page lets sound: one context, unlocked by the first gesture and used for all. */
export class Speaker implements Voice {
  readonly #synthesis: Synthesis;
  readonly #language: () => string;
  #context: AudioContext | undefined;
  #gain: GainNode | undefined;

  #volume: number;
  #ducked = false;

  constructor(synthesis: Synthesis, language: () => string, volume: number) {
    this.#synthesis = synthesis;
    this.#language = language;
    this.#volume = volume;
  }

  /** From 0 to 1. */
  set volume(volume: number) {
    this.#volume = volume;
    this.#level();
  }

  get context(): AudioContext {
    if (this.#context === undefined) {
      this.#context = new AudioContext();
      this.#gain = new GainNode(this.#context, { gain: this.#volume });
      this.#gain.connect(this.#context.destination);
    }
    return this.#context;
  }

  duck(on: boolean): void {
    this.#ducked = on;
    this.#level();
  }

  #level(): void {
    this.#gain?.gain.setTargetAtTime(this.#volume * (this.#ducked ? DUCKED : 1), this.context.currentTime, FADE_SECONDS);
  }

  chime(chime: keyof typeof CHIMES): void {
    const { context } = this;
    for (const [frequency, at] of CHIMES[chime]) {
      const tone = new OscillatorNode(context, { frequency });
      const gain = new GainNode(context, { gain: 0 });
      const start = context.currentTime + at;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(CHIME_GAIN, start + FADE_SECONDS);
      gain.gain.linearRampToValueAtTime(0, start + CHIME_SECONDS);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + CHIME_SECONDS);
    }
  }

  /** By a worker of the realm; where none can, by the voice that the browser brings, if it has one on this device. */
  async prepare(text: string): Promise<Sound | undefined> {
    try {
      const media = await this.#synthesis(text);
      return media === undefined ? this.#ownVoice(text) : await this.sound(media);
    } catch {
      return this.#ownVoice(text);
    }
  }

  /** A sound of this medium; rejects if it is none. */
  async sound({ bytes }: Media): Promise<Sound> {
    if (!sniff(bytes)?.startsWith("audio/")) {
      throw new TypeError("what came is no sound");
    }
    const buffer = await this.context.decodeAudioData(bytes.slice().buffer);
    let source: AudioBufferSourceNode | undefined;
    return {
      play: (done) => {
        source = new AudioBufferSourceNode(this.context, { buffer });
        source.onended = done;
        source.connect(this.#gain ?? this.context.destination);
        source.start();
      },
      stop: () => {
        if (source !== undefined) {
          source.onended = null;
          source.stop();
        }
      },
    };
  }

  #ownVoice(text: string): Sound | undefined {
    const voice = globalThis.speechSynthesis?.getVoices().find((each) => each.localService && each.lang.startsWith(this.#language()));
    if (voice === undefined) {
      return undefined;
    }
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.volume = this.#volume;
    return {
      play: (done) => {
        utterance.onend = utterance.onerror = done;
        speechSynthesis.speak(utterance);
      },
      stop: () => {
        utterance.onend = utterance.onerror = null;
        speechSynthesis.cancel();
      },
    };
  }
}
