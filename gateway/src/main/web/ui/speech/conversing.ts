// SPDX-License-Identifier: GPL-3.0-only
import { Aside } from "../../core/aside.ts";
import { currentLanguage, t } from "../../core/i18n.ts";
import { servedBy } from "../../core/kinds.ts";
import type { Media } from "../../core/media.ts";
import type { Command } from "../../core/speech/commands.ts";
import { Loop, type Surroundings } from "../../core/speech/loop.ts";
import type { Event, Speech } from "../../core/speech/speech.ts";
import { Reader } from "../../core/speech/reader.ts";
import { isSound, reading } from "../../core/speech/reading.ts";
import type { VoiceSettings } from "../../core/speech/settings.ts";
import type { State } from "../../core/state.ts";
import type { Turn } from "../../core/turn.ts";
import { edges, socketUrl } from "../browser.ts";
import { Hearing } from "./hearing.ts";
import { Microphone } from "./microphone.ts";
import { Speaker } from "./speaker.ts";
import { Spotlight } from "./spotlight.ts";

/** The page, as far as talking with it needs it. */
export interface Partner {
  /** Sends what was said; gives the guid of the intent. */
  ask(text: string): string | undefined;
  /** Does what was said to the page; gives the guid of the intent, if one came of it. */
  obey(command: Command): string | undefined;
  stop(guid: string): void;
  /** The answer was cut short after these words. */
  interrupted(guid: string, heard: string): void;
  /** What was said could not be turned into text: the code of the error. */
  notHeard(code: string): void;
  speechChanged(speech: Speech): void;
  /** Where is shown how loud it is, in dB of full scale, and what has been understood so far; null if nowhere. */
  readonly display: { showLevel(db: number): void; showPartial(text: string): void } | null;
}

/** Talking with the page: microphone, speech to text, the intent, and the answer read aloud. */
export class Conversing implements Surroundings {
  readonly #partner: Partner;
  readonly #loop: Loop;
  readonly #hearing: Hearing;
  readonly #speaker: Speaker;
  readonly #userId: string;
  #settings: VoiceSettings;
  #aside: Aside | undefined;
  /** Why the last clip could not be turned into text. */
  #failure = "internal";
  readonly #spotlight = new Spotlight();
  /** What was asked by voice and is not over. */
  #asked: string | undefined;
  #reader: Reader | undefined;
  /** Whose answer the reader reads. */
  #read = "";

  readonly after = edges.after;

  constructor(userId: string, settings: VoiceSettings, partner: Partner) {
    this.#userId = userId;
    this.#settings = settings;
    this.#partner = partner;
    this.#speaker = new Speaker((text) => this.#synthesize(text), currentLanguage, settings.volume);
    const microphone = new Microphone(
      () => this.#speaker.context,
      (event) => this.dispatch(event),
      (db) => partner.display?.showLevel(db),
    );
    this.#hearing = new Hearing(microphone, settings.vendor, {
      language: currentLanguage,
      transcribe: (clip) => this.#transcribe(clip),
      engineChanged: () => this.#useManner(),
      partial: (text) => partner.display?.showPartial(text),
    });
    this.#loop = new Loop({ ...settings, engine: "none" }, this.#hearing, this);
  }

  get speech(): Speech {
    return this.#loop.state;
  }

  use(settings: VoiceSettings): void {
    this.#settings = settings;
    this.#speaker.volume = settings.volume;
    this.#hearing.consent = settings.vendor;
    this.#useManner();
  }

  #useManner(): void {
    this.dispatch({ kind: "manner", manner: { ...this.#settings, engine: this.#hearing.engine } });
  }

  dispatch(event: Event): void {
    this.#loop.dispatch(event);
  }

  /** Reads the answer to what was said as far as it has come. */
  follow(state: State): void {
    this.#hearing.realm = servedBy(state.realm)?.has("transcribe") ?? false;
    const turn = state.turns.find(({ intent }) => intent.guid === this.#asked);
    if (turn === undefined || this.#reader === undefined) {
      return;
    }
    const { text, whole, sound } = reading(turn, this.#settings.aloud);
    if (whole) {
      this.#asked = undefined;
    }
    if (sound === undefined) {
      this.#reader.follow(text, whole);
    } else {
      this.#reader.play(this.#speaker.sound(sound));
    }
  }

  // ---- what the loop needs

  changed(speech: Speech): void {
    this.#partner.speechChanged(speech);
  }

  async transcribe(clip: Uint8Array<ArrayBuffer>): Promise<string> {
    try {
      return await this.#hearing.transcribe(clip);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : "internal";
      throw error;
    }
  }

  async #transcribe(clip: Uint8Array<ArrayBuffer>): Promise<string> {
    const { text } = await this.#ask("transcribe", "", [{ media_type: "audio/wav", bytes: clip }]);
    return text;
  }

  send(text: string): void {
    this.#await(() => this.#partner.ask(text));
  }

  /** Where it leads to an answer, that is read like any other. */
  command(command: Command): void {
    if (command.kind === "again") {
      this.#await(() => this.#partner.obey(command));
    } else {
      this.#partner.obey(command);
    }
  }

  #await(ask: () => string | undefined): void {
    this.#reader?.stop();
    const guid = ask();
    this.#asked = guid;
    this.#read = guid ?? "";
    this.#reader = new Reader(
      this.#speaker,
      (what) => t(`speech.${what}`),
      (what) => this.#tell(what),
      (sentence) => this.#spotlight.show(this.#read, sentence),
    );
    if (guid === undefined) {
      this.#reader.follow("", true);
    }
  }

  #tell(what: "sounds" | "spoken" | "ended"): void {
    if (what !== "sounds") {
      this.#spotlight.hide();
    }
    this.dispatch({ kind: what });
  }

  cancel(): void {
    const heard = this.#reader?.cutAfter;
    if (heard !== undefined) {
      this.#partner.interrupted(this.#read, heard);
    }
    this.#spotlight.hide();
    this.#reader?.stop();
    this.#reader = undefined;
    this.#aside?.stop();
    this.holdVoice(false);
    if (this.#asked !== undefined) {
      this.#partner.stop(this.#asked);
      this.#asked = undefined;
    }
  }

  holdVoice(on: boolean): void {
    this.#speaker.hold(on);
  }

  chime(chime: "wake" | "heard" | "error"): void {
    if (this.#settings.sounds) {
      this.#speaker.chime(chime);
    }
    if (chime === "error") {
      this.#partner.notHeard(this.#failure);
    }
  }

  async #synthesize(text: string): Promise<Media | undefined> {
    const { media } = await this.#ask("speak", text, []);
    return media.find(isSound);
  }

  #ask(queryType: string, text: string, media: Media[]): Promise<Turn> {
    this.#aside ??= new Aside(this.#userId, socketUrl(), edges);
    return this.#aside.ask({ queryType, text, media, parameters: { language: currentLanguage() } });
  }
}
