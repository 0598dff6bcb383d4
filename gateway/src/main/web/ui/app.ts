// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { duration } from "../core/format.ts";
import { currentLanguage, known, ordinal, pickLanguage, t, tn, useLanguage, type Language } from "../core/i18n.ts";
import { Link } from "../core/link.ts";
import type { Media } from "../core/media.ts";
import type { Intent } from "../core/outbox.ts";
import { Runner, type Watcher } from "../core/runner.ts";
import type { Event as SpeechEvent, Speech } from "../core/speech/speech.ts";
import { readSettings, type VoiceSettings } from "../core/speech/settings.ts";
import { initial, openTurns, type Saying, type State } from "../core/state.ts";
import { conversation } from "../core/turn.ts";
import { edges, guid, openStore, socketUrl, userId } from "./browser.ts";
import type { MtorComposer } from "./composer.ts";
import { Light, type ShellEvents } from "./light.ts";
import * as icons from "./icons.ts";
import { Conversing, type Partner } from "./speech/conversing.ts";
import type { MtorTalk } from "./talk.ts";
import type { MtorToast } from "./toast.ts";

const KINDS = ["auto", "chat", "vision", "imagine", "speak"];
/** Kinds of work that take what was said before along. */
const WITH_CONVERSATION = new Set(["auto", "chat", "vision"]);

/** Wide enough for the workers to stand beside the conversation instead of covering it. */
const WIDE = "(min-width: 1024px)";

/** The page: layout, settings, shortcuts; everything else is below it. */
export class MtorApp extends Light implements Watcher, Partner {
  static override properties = {
    state: { state: true },
    queryType: { state: true },
    theme: { state: true },
    language: { state: true },
    workersShown: { state: true },
    dropping: { state: true },
    voice: { state: true },
    speech: { state: true },
  };
  declare state: State;
  declare queryType: string;
  declare theme: string;
  declare language: Language;
  declare workersShown: boolean;
  declare dropping: boolean;
  declare voice: VoiceSettings;
  declare speech: Speech;
  readonly #conversing: Conversing;
  #runner: Runner | undefined;
  #link: Link | undefined;
  #lastOffered: readonly string[] = [];

  constructor() {
    super();
    this.state = initial(userId());
    this.queryType = "auto";
    this.theme = localStorage.getItem("mtor.theme") ?? "auto";
    this.language = pickLanguage([localStorage.getItem("mtor.language") ?? "", ...navigator.languages]);
    this.workersShown = matchMedia(WIDE).matches;
    this.dropping = false;
    this.voice = readSettings(localStorage.getItem("mtor.voice"));
    this.#conversing = new Conversing(this.state.userId, this.voice, this);
    this.speech = this.#conversing.speech;
    this.#applySettings();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
    void this.#start();
  }

  async #start(): Promise<void> {
    const store = await openStore();
    this.#runner = new Runner(this.state, store, this, edges.now);
    this.#link = new Link(socketUrl(), edges, this.#runner);
    if (!store.lasting) {
      this.notKept();
    }
    await this.#runner.start(this.#link);
  }

  /** Many messages may come within one frame; the page is drawn once. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && !document.hidden) {
      await new Promise(requestAnimationFrame);
    }
    super.scheduleUpdate();
  }

  changed(state: State): void {
    this.state = state;
    this.#conversing.follow(state);
  }

  // ---- what talking needs

  ask(text: string): string | undefined {
    return this.#send(text, [], "auto");
  }

  stop(guid: string): void {
    this.#runner?.dispatch({ kind: "stop", guid });
  }

  notHeard(code: string): void {
    const reason = known("error", code) ?? t("error.unknown", { code });
    this.#toast?.say(t("say.notHeard", { reason }), { urgent: true, shown: true });
  }

  speechChanged(speech: Speech): void {
    this.speech = speech;
  }

  level(db: number): void {
    const talk = this.querySelector<MtorTalk>("mtor-talk");
    if (talk !== null) {
      talk.level = db;
    }
  }

  #talk(event: SpeechEvent): void {
    this.#conversing.dispatch(event);
  }

  say(saying: Saying): void {
    const shown = saying.what === "too-many" || saying.what === "forgotten" || (saying.what === "failed" && saying.guid === undefined);
    this.#toast?.say(words(saying), { urgent: saying.what === "failed", shown });
  }

  notKept(): void {
    this.#toast?.say(t("say.notKept"), { shown: true });
  }

  get #toast(): MtorToast | null {
    return this.querySelector("mtor-toast");
  }

  get #composer(): MtorComposer | null {
    return this.querySelector("mtor-composer");
  }

  #on<Name extends keyof ShellEvents>(name: Name, act: (detail: ShellEvents[Name]) => void): void {
    this.addEventListener(name, (event) => act((event as CustomEvent<ShellEvents[Name]>).detail));
  }

  #listen(): void {
    this.#on("mtor-send", ({ text, attachments, queryType }) => this.#send(text, attachments, queryType));
    this.#on("mtor-stop", ({ guid }) => this.stop(guid));
    this.#on("mtor-again", ({ guid, replace, queryType }) => this.#again(guid, replace, queryType));
    this.#on("mtor-example", ({ text }) => this.#send(text, [], "auto"));
    this.#on("mtor-kind", ({ queryType }) => (this.queryType = queryType));
    this.#on("mtor-toast", ({ words }) => this.#toast?.say(words, { shown: true }));
    this.#on("mtor-forget", () => this.querySelector<HTMLDialogElement>("#forget")?.showModal());
    this.#on("mtor-workers", () => (this.workersShown = !this.workersShown));
    this.#on("mtor-setting", ({ name, value }) => this.#set(name, value));
    this.#on("mtor-voice", (changed) => this.#setVoice(changed));
    this.#on("mtor-talk", ({ kind }) => this.#talk({ kind }));
    const wake = (): void => this.#link?.wake();
    addEventListener("online", wake);
    addEventListener("offline", () => this.#link?.drop());
    document.addEventListener("visibilitychange", () => document.hidden || wake());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", (event) => event.key === " " && this.speech.held && this.#talk({ kind: "release" }));
    this.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.dropping = event.dataTransfer?.types.includes("Files") ?? false;
    });
    this.addEventListener("dragleave", (event) => (this.dropping = event.relatedTarget !== null && this.dropping));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.dropping = false;
      void this.#composer?.attach([...(event.dataTransfer?.files ?? [])]);
    });
  }

  #key(event: KeyboardEvent): void {
    const typing = (event.target as Element | null)?.closest("input, textarea, select, dialog, [contenteditable]") != null;
    const covers = this.workersShown && !matchMedia(WIDE).matches;
    const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape" && covers) {
      this.workersShown = false;
    } else if (event.key === "Escape" && document.querySelector("dialog[open]") === null) {
      this.#quiet();
    } else if (event.key === "/" && plain) {
      event.preventDefault();
      this.querySelector<HTMLTextAreaElement>("#words")?.focus();
    } else if (event.key === " " && plain && this.#mayTalk(event.target as Element | null)) {
      event.preventDefault();
      if (!event.repeat) {
        this.#talk({ kind: "hold" });
      }
    } else if (event.key.toLowerCase() === "m" && plain) {
      this.#talk({ kind: "mute" });
    }
  }

  /** Where Space means nothing else, and somebody turns speech into text. */
  #mayTalk(target: Element | null): boolean {
    return target?.closest("button, a, summary, label, audio") == null && this.#served?.has("transcribe") === true;
  }

  /** Stops what is spoken, what is listened to, and the newest answer. */
  #quiet(): void {
    this.#talk({ kind: "stop" });
    const running = openTurns(this.state).at(-1);
    if (running !== undefined) {
      this.stop(running.intent.guid);
    }
  }

  #send(text: string, attachments: Media[], queryType: string): string | undefined {
    return this.#dispatch(text, attachments, queryType, this.state.turns.length);
  }

  #again(old: string, replace: boolean, queryType?: string): void {
    const index = this.state.turns.findIndex(({ intent }) => intent.guid === old);
    const intent = this.state.turns[index]?.intent;
    if (intent !== undefined) {
      this.#dispatch(intent.query_text, intent.attachments, queryType ?? intent.query_type, index, replace ? old : undefined);
    }
  }

  /** `before` is how much of the conversation came before these words. Gives its guid, if it was taken. */
  #dispatch(text: string, attachments: Media[], queryType: string, before: number, replaces?: string): string | undefined {
    const intent: Intent = {
      guid: guid(),
      query_type: queryType,
      query_text: text,
      conversation: WITH_CONVERSATION.has(queryType) ? conversation(this.state.turns.slice(0, before)) : [],
      attachments,
      at: Date.now(),
    };
    this.#runner?.dispatch(replaces === undefined ? { kind: "send", intent } : { kind: "send", intent, replaces });
    return this.state.turns.some((turn) => turn.intent.guid === intent.guid) ? intent.guid : undefined;
  }

  #set(name: "theme" | "language", value: string): void {
    localStorage.setItem(`mtor.${name}`, value);
    if (name === "theme") {
      this.theme = value;
    } else {
      this.language = pickLanguage([value]);
    }
    this.#applySettings();
  }

  #setVoice(changed: Partial<VoiceSettings>): void {
    this.voice = readSettings(JSON.stringify({ ...this.voice, ...changed }));
    localStorage.setItem("mtor.voice", JSON.stringify(this.voice));
    this.#conversing.use(this.voice);
  }

  #applySettings(): void {
    useLanguage(this.language);
    document.documentElement.lang = this.language;
    document.documentElement.dataset["theme"] = this.theme;
  }

  #forget(): void {
    this.#runner?.dispatch({ kind: "forget" });
    localStorage.removeItem("mtor.draft");
    this.querySelector<HTMLDialogElement>("#forget")?.close();
  }

  /** The usual kinds, then whatever else this realm has. */
  get #kinds(): string[] {
    const announced = this.state.realm?.workers.flatMap(({ query_types }) => query_types.map(({ query_type }) => query_type)) ?? [];
    return [...new Set([...KINDS, ...this.state.queryTypes, ...announced.sort()])];
  }

  get #served(): ReadonlySet<string> | undefined {
    const present = this.state.realm?.workers.filter(({ health }) => health !== "down");
    return present && new Set(present.flatMap(({ query_types }) => query_types.map(({ query_type }) => query_type)));
  }

  /** Kinds of work that somebody does; the same array while they are the same, so that no answer is drawn again for it. */
  #offered(kinds: string[], served: ReadonlySet<string> | undefined): readonly string[] {
    const offered = kinds.filter((kind) => served?.has(kind) ?? true);
    if (offered.join() !== this.#lastOffered.join()) {
      this.#lastOffered = offered;
    }
    return this.#lastOffered;
  }

  override render(): TemplateResult {
    const { state, language } = this;
    const up = state.link.phase === "up";
    const kinds = this.#kinds;
    const served = this.#served;
    return html`
      <mtor-status
        .link=${state.link}
        .roundTripMillis=${state.roundTripMillis}
        .realm=${state.realm}
        ?workersShown=${this.workersShown}
        theme=${this.theme}
        .voice=${this.voice}
        language=${language}
      ></mtor-status>
      ${this.#banner()}
      <main class=${this.workersShown ? "with-workers" : ""}>
        <mtor-log
          .turns=${state.turns}
          .kinds=${this.#offered(kinds, served)}
          .realm=${state.realm}
          ?up=${up}
          language=${language}
          tabindex="0"
        ></mtor-log>
        <mtor-workers
          id="workers"
          .realm=${state.realm}
          ?stale=${!up}
          language=${language}
          ?hidden=${!this.workersShown}
          tabindex="0"
        ></mtor-workers>
        <mtor-composer
          .kinds=${kinds}
          .served=${served}
          .queryType=${this.queryType}
          .limits=${state.limits}
          .running=${openTurns(state).at(-1)?.intent.guid}
          .speech=${this.speech}
          language=${language}
        ></mtor-composer>
      </main>
      <mtor-toast></mtor-toast>
      ${this.#forgetDialog()} ${this.dropping ? html`<div class="drop">${icons.picture}${t("composer.drop")}</div>` : nothing}
    `;
  }

  #banner(): TemplateResult {
    const { link, everUp, notice } = this.state;
    const unsent = openTurns(this.state).length;
    const lost = link.phase === "offline" || link.phase === "waiting" || (link.phase === "connecting" && everUp);
    if (!lost && !notice) {
      return html`<div></div>`;
    }
    return html`<section class="banners" aria-label=${t("banner.label")}>
      ${lost
        ? html`<div class="banner">
            ${icons.health(link.phase === "offline" ? "down" : "degraded")}
            <p>${t(link.phase === "offline" ? "banner.offline" : "banner.waiting")} ${unsent > 0 ? tn("banner.unsent", unsent) : nothing}</p>
            <button type="button" class="capsule" @click=${() => this.#link?.wake()}>${t("banner.now")}</button>
          </div>`
        : nothing}
      ${notice
        ? html`<div class="banner notice" role="status">
            <p><strong>${t("banner.notice")}:</strong> ${notice}</p>
            <button type="button" class="capsule" @click=${() => this.#runner?.dispatch({ kind: "dismiss-notice" })}>${t("banner.dismiss")}</button>
          </div>`
        : nothing}
    </section>`;
  }

  #forgetDialog(): TemplateResult {
    return html`<dialog id="forget" aria-labelledby="forget-ask">
      <h2 id="forget-ask">${t("forget.ask")}</h2>
      <p>${t("forget.detail")}</p>
      <form method="dialog">
        <button class="capsule" autofocus>${t("forget.no")}</button>
        <button type="button" class="capsule danger" @click=${() => this.#forget()}>${t("forget.yes")}</button>
      </form>
    </dialog>`;
  }
}

/** What the live region says. */
function words(saying: Saying): string {
  switch (saying.what) {
    case "queued": {
      const place = ordinal(saying.position);
      const { etaMillis } = saying;
      return etaMillis === undefined
        ? t("turn.queued", { ordinal: place })
        : t("turn.queued.eta", { ordinal: place, time: duration(etaMillis, currentLanguage(), "long") });
    }
    case "working":
      return t("turn.working", { worker: saying.workerId });
    case "failed":
      return known("error", saying.code) ?? t("error.unknown", { code: saying.code });
    default:
      return t(`say.${saying.what}`);
  }
}
