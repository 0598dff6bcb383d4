// SPDX-License-Identifier: GPL-3.0-only
import { sniff, type Media } from "../../core/media.ts";
import type { Sound, Voice } from "../../core/speech/reader.ts";

/** Fades are short, but not so short that they click. */
const FADE_SECONDS = 0.02;
/** The time constant of a level that changes: after three of them nothing is heard any more. */
const LEVEL_SECONDS = 0.005;

/** Frequencies and when they begin, in seconds; made here, so that no file has to be fetched. */
const CHIMES: Record<"wake" | "heard" | "error", readonly [number, number][]> = {
  wake: [
    [660, 0],
    [990, 0.05],
  ],
  heard: [[990, 0]],
  error: [
    [440, 0],
    [330, 0.09],
  ],
};
/** With the second tone as long as the machine waits before it listens, so that it does not hear itself. */
const CHIME_SECONDS = 0.07;
const CHIME_GAIN = 0.12;

/** A sound that is played, and can be held and go on where it was. */
interface Playing {
  hold(): void;
  go(): void;
}

/** Asks the realm for the sound of a sentence. */
export type Synthesis = (text: string) => Promise<Media | undefined>;

/** Everything that this page lets sound: one context, unlocked by the first gesture and used for all. */
export class Speaker implements Voice {
  readonly #synthesis: Synthesis;
  readonly #language: () => string;
  #context: AudioContext | undefined;
  #gain: GainNode | undefined;

  #volume: number;
  #held = false;
  readonly #playing = new Set<Playing>();

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

  /** Silent at once; what is played goes on where it was when this ends. Chimes are not held. */
  hold(on: boolean): void {
    if (on !== this.#held) {
      this.#held = on;
      this.#level();
      for (const each of this.#playing) {
        on ? each.hold() : each.go();
      }
    }
  }

  #level(): void {
    this.#gain?.gain.setTargetAtTime(this.#held ? 0 : this.#volume, this.context.currentTime, LEVEL_SECONDS);
  }

  #begin(playing: Playing): void {
    this.#playing.add(playing);
    if (!this.#held) {
      playing.go();
    }
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
    return this.#sound(buffer);
  }

  #sound(buffer: AudioBuffer): Sound {
    let source: AudioBufferSourceNode | undefined;
    let began = 0;
    let position = 0;
    let over = (): void => undefined;
    const end = (after: number): void => {
      if (source !== undefined) {
        source.onended = null;
        source.stop(this.context.currentTime + after);
        source = undefined;
      }
    };
    const playing: Playing = {
      go: () => {
        source = new AudioBufferSourceNode(this.context, { buffer });
        source.onended = over;
        source.connect(this.#gain ?? this.context.destination);
        began = this.context.currentTime - position;
        source.start(0, position);
      },
      hold: () => {
        position = this.context.currentTime - began;
        end(3 * LEVEL_SECONDS);
      },
    };
    return {
      play: (done) => {
        over = () => {
          this.#playing.delete(playing);
          done();
        };
        this.#begin(playing);
      },
      stop: () => {
        this.#playing.delete(playing);
        end(0);
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
    let begun = false;
    const playing: Playing = {
      go: () => {
        if (begun) {
          speechSynthesis.resume();
        } else {
          begun = true;
          speechSynthesis.speak(utterance);
        }
      },
      hold: () => speechSynthesis.pause(),
    };
    return {
      play: (done) => {
        utterance.onend = utterance.onerror = () => {
          this.#playing.delete(playing);
          done();
        };
        this.#begin(playing);
      },
      stop: () => {
        this.#playing.delete(playing);
        utterance.onend = utterance.onerror = null;
        speechSynthesis.cancel();
        // A synthesis that was paused stays so, for whatever comes next.
        speechSynthesis.resume();
      },
    };
  }
}
