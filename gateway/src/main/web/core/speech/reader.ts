// SPDX-License-Identifier: GPL-3.0-only
// Reads one answer aloud while it grows: sentence after sentence, the next ones made ready in the meantime.
import { Sentences, type Screen } from "./sentences.ts";

/** Something that can be heard once. */
export interface Sound {
  play(done: () => void): void;
  stop(): void;
}

export interface Voice {
  /** Undefined if nobody can speak it. */
  prepare(text: string): Promise<Sound | undefined>;
}

/** So many sentences are made ready ahead of the one that is heard. */
export const AHEAD = 3;

export class Reader {
  readonly #voice: Voice;
  readonly #sentences: Sentences;
  readonly #tell: (what: "sounds" | "spoken" | "ended") => void;
  readonly #says: (sentence: string) => void;
  #waiting: string[] = [];
  #ready: { sentence: string; sound: Promise<Sound | undefined> }[] = [];
  #heard: string[] = [];
  #sound: Sound | undefined;
  #busy = false;
  #whole = false;
  #sounded = false;
  #over = false;

  /**
   * @param tell told of the first sound, and of the end: `spoken` if anything was heard, `ended` if not
   * @param says told of each sentence when it begins to be heard
   */
  constructor(
    voice: Voice,
    screen: (what: Screen) => string,
    tell: (what: "sounds" | "spoken" | "ended") => void,
    says: (sentence: string) => void,
  ) {
    this.#voice = voice;
    this.#sentences = new Sentences(screen);
    this.#tell = tell;
    this.#says = says;
  }

  /** The sentences that have begun to be heard; undefined if it was not cut short, or if nothing was heard. */
  get cutAfter(): string | undefined {
    return this.#sounded && !this.#over ? this.#heard.join(" ") : undefined;
  }

  /** The answer as far as it has come. */
  follow(text: string, whole: boolean): void {
    if (this.#over || this.#whole) {
      return;
    }
    this.#waiting.push(...this.#sentences.take(text, whole));
    this.#whole = whole;
    this.#pump();
  }

  /** The answer is a sound itself. */
  play(sound: Promise<Sound>): void {
    this.#ready.push({ sentence: "", sound: sound.catch(() => undefined) });
    this.#whole = true;
    this.#pump();
  }

  /** Silent from now on. */
  stop(): void {
    this.#over = true;
    this.#waiting = [];
    this.#ready = [];
    this.#sound?.stop();
    this.#sound = undefined;
  }

  #pump(): void {
    while (this.#ready.length < AHEAD && this.#waiting.length > 0) {
      const sentence = this.#waiting.shift() ?? "";
      this.#ready.push({ sentence, sound: this.#voice.prepare(sentence).catch(() => undefined) });
    }
    if (this.#busy || this.#over) {
      return;
    }
    const next = this.#ready.shift();
    if (next !== undefined) {
      this.#busy = true;
      void next.sound.then((sound) => this.#play(next.sentence, sound));
    } else if (this.#whole) {
      this.#over = true;
      this.#tell(this.#sounded ? "spoken" : "ended");
    }
  }

  #play(sentence: string, sound: Sound | undefined): void {
    if (this.#over) {
      return;
    }
    this.#sound = sound;
    const done = (): void => {
      this.#sound = undefined;
      this.#busy = false;
      this.#pump();
    };
    if (sound === undefined) {
      done();
      return;
    }
    if (!this.#sounded) {
      this.#sounded = true;
      this.#tell("sounds");
    }
    this.#heard.push(sentence);
    this.#says(sentence);
    sound.play(done);
  }
}
