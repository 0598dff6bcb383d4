// SPDX-License-Identifier: GPL-3.0-only
// Runs the speech loop: feeds the machine what happens and carries out its effects.
import type { Command } from "./commands.ts";
import { step } from "./machine.ts";
import { resting, type Effect, type Event, type Manner, type Purpose, type Speech, type Timer } from "./speech.ts";

/** The microphone. What comes of `open` is told to the loop as `opened` or `closed`. */
export interface Ears {
  open(): void;
  close(): void;
  begin(): void;
  drop(): void;
  /** The clip that has begun; undefined if none has. */
  end(): Uint8Array<ArrayBuffer> | undefined;
}

/** Everything else that the loop needs. */
export interface Surroundings {
  after(millis: number, action: () => void): () => void;
  /** Rejects if nobody could do it. */
  transcribe(clip: Uint8Array<ArrayBuffer>): Promise<string>;
  send(text: string): void;
  command(command: Command): void;
  /** Ends what is asked and what is spoken. */
  cancel(): void;
  holdVoice(on: boolean): void;
  chime(chime: "wake" | "heard" | "error"): void;
  changed(state: Speech): void;
}

export class Loop {
  #state: Speech;
  readonly #ears: Ears;
  readonly #around: Surroundings;
  readonly #timers = new Map<Timer, () => void>();
  /** Of a clip whose words come late nothing is heard: a newer one has been sent since. */
  #asked = 0;

  constructor(manner: Manner, ears: Ears, around: Surroundings) {
    this.#state = resting(manner);
    this.#ears = ears;
    this.#around = around;
  }

  get state(): Speech {
    return this.#state;
  }

  dispatch(event: Event): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    effects.forEach((effect) => this.#run(effect));
    this.#around.changed(this.#state);
  }

  #run(effect: Effect): void {
    switch (effect.kind) {
      case "open":
        this.#ears.open();
        break;
      case "close":
        this.#ears.close();
        break;
      case "begin-clip":
        this.#ears.begin();
        break;
      case "drop-clip":
        this.#ears.drop();
        break;
      case "transcribe":
        void this.#transcribe(effect.purpose);
        break;
      case "send":
        this.#around.send(effect.text);
        break;
      case "command":
        this.#around.command(effect.command);
        break;
      case "cancel":
        this.#around.cancel();
        break;
      case "hold-voice":
      case "go-on":
        this.#around.holdVoice(effect.kind === "hold-voice");
        break;
      case "chime":
        this.#around.chime(effect.chime);
        break;
      case "start":
        this.#start(effect.timer, effect.millis);
        break;
      case "clear":
        this.#clear(effect.timer);
        break;
    }
  }

  async #transcribe(purpose: Purpose): Promise<void> {
    const clip = this.#ears.end();
    const asked = ++this.#asked;
    const tell = (event: Event): void => {
      if (asked === this.#asked) {
        this.dispatch(event);
      }
    };
    try {
      const text = clip === undefined ? "" : await this.#around.transcribe(clip);
      tell({ kind: "heard", purpose, text });
    } catch {
      tell({ kind: "unheard", purpose });
    }
  }

  #start(timer: Timer, millis: number): void {
    this.#clear(timer);
    const stop = this.#around.after(millis, () => {
      this.#timers.delete(timer);
      this.dispatch({ kind: "timer", timer });
    });
    this.#timers.set(timer, stop);
  }

  #clear(timer: Timer): void {
    this.#timers.get(timer)?.();
    this.#timers.delete(timer);
  }
}
