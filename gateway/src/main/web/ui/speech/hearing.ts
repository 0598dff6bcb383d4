// SPDX-License-Identifier: GPL-3.0-only
import { BROKEN_MILLIS, pick, readBroken, type Engine } from "../../core/speech/engines.ts";
import type { Ears } from "../../core/speech/loop.ts";
import type { Microphone } from "./microphone.ts";
import { abilities, Recogniser } from "./recogniser.ts";

const BROKEN = "mtor.broken";

export interface Hearer {
  language(): string;
  /** By a worker of the realm. */
  transcribe(clip: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Somebody else turns speech into text now. */
  engineChanged(engine: Engine): void;
  /** What has been understood so far, where the engine says it while somebody speaks. */
  partial(text: string): void;
}

/** The microphone, and whoever turns what it hears into text. */
export class Hearing implements Ears {
  readonly #microphone: Microphone;
  readonly #hearer: Hearer;
  readonly #recogniser: Recogniser;
  #able = { device: false, vendor: false };
  #realm = false;
  #consent: boolean;
  #broken = readBroken(localStorage.getItem(BROKEN));
  engine: Engine = "none";
  /** Who was there when the clip began: somebody else who is there now has not heard it. */
  #heardBy: Engine = "none";

  constructor(microphone: Microphone, consent: boolean, hearer: Hearer) {
    this.#microphone = microphone;
    this.#consent = consent;
    this.#hearer = hearer;
    this.#recogniser = new Recogniser((text) => hearer.partial(text));
    void this.#look();
  }

  async #look(): Promise<void> {
    this.#able = await abilities(this.#hearer.language());
    this.#choose();
  }

  /** Whether a worker of the realm transcribes. */
  set realm(is: boolean) {
    this.#realm = is;
    this.#choose();
  }

  /** Whether the user lets the vendor of the browser do it. */
  set consent(is: boolean) {
    this.#consent = is;
    this.#choose();
  }

  #choose(): void {
    const engine = pick({ ...this.#able, realm: this.#realm, consent: this.#consent, broken: this.#broken }, Date.now());
    if (engine !== this.engine) {
      this.engine = engine;
      this.#hearer.engineChanged(engine);
    }
  }

  /** What was said in the clip that has just ended. An engine that does not work is left alone for a day. */
  async transcribe(clip: Uint8Array<ArrayBuffer>): Promise<string> {
    const engine = this.#heardBy;
    if (engine === "realm" || engine === "none") {
      return this.#hearer.transcribe(clip);
    }
    try {
      return await this.#recogniser.end();
    } catch (error) {
      this.#broken = { ...this.#broken, [engine]: Date.now() + BROKEN_MILLIS };
      localStorage.setItem(BROKEN, JSON.stringify(this.#broken));
      this.#choose();
      throw error;
    } finally {
      this.#hearer.partial("");
    }
  }

  open(): void {
    this.#microphone.open();
  }

  close(): void {
    this.#recogniser.drop();
    this.#microphone.close();
  }

  begin(): void {
    this.#microphone.begin();
    this.#heardBy = this.engine;
    if (this.engine === "device" || this.engine === "vendor") {
      this.#recogniser.begin(this.#hearer.language(), this.engine === "device");
    }
  }

  drop(): void {
    this.#recogniser.drop();
    this.#microphone.drop();
    this.#hearer.partial("");
  }

  end(): Uint8Array<ArrayBuffer> | undefined {
    return this.#microphone.end();
  }
}
