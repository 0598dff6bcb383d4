// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { intentOf, type Asked } from "../core/asking.ts";
import { known, pickLanguage, t, useLanguage, type Language } from "../core/i18n.ts";
import { meaning, type Act } from "../core/keys.ts";
import { kindsOf, Offered, servedBy } from "../core/kinds.ts";
import { Link } from "../core/link.ts";
import { viewOf, type View } from "../core/route.ts";
import { Runner, type Watcher } from "../core/runner.ts";
import type { Event as SpeechEvent, Speech } from "../core/speech/speech.ts";
import type { Command } from "../core/speech/commands.ts";
import { readSettings, type VoiceSettings } from "../core/speech/settings.ts";
import { words } from "../core/saying.ts";
import { initial, type Saying, type State } from "../core/state.ts";
import { isOpen, type Turn } from "../core/turn.ts";
import { openTurns } from "../core/turns.ts";
import { ask } from "./ask.ts";
import { banners } from "./banners.ts";
import { edges, guid, keepToken, keptToken, openStore, pressed, socketUrl, userId } from "./browser.ts";
import type { MtorComposer } from "./composer.ts";
import { takeDrops } from "./drop.ts";
import { Light, type ShellEvents } from "./light.ts";
import * as icons from "./icons.ts";
import { obey } from "./obey.ts";
import { Conversing, type Partner } from "./speech/conversing.ts";
import type { MtorTalk } from "./talk.ts";
import type { MtorToast } from "./toast.ts";

/** Wide enough for the workers to stand beside the conversation instead of covering it. */
const WIDE = "(min-width: 1024px)";

/** The page: layout, settings, shortcuts; everything else is below it. */
export class MtorApp extends Light implements Watcher, Partner {
  static override properties = Object.fromEntries(
    ["state", "queryType", "theme", "language", "workersShown", "dropping", "voice", "speech", "view", "keys"].map((name) => [name, { state: true }]),
  );
  declare state: State;
  declare queryType: string;
  declare theme: string;
  declare language: Language;
  declare workersShown: boolean;
  declare dropping: boolean;
  declare voice: VoiceSettings;
  declare speech: Speech;
  declare view: View;
  /** False where keys that act alone are switched off. */
  declare keys: boolean;
  readonly #conversing: Conversing;
  #runner: Runner | undefined;
  #link: Link | undefined;
  readonly #offered = new Offered();

  constructor() {
    super();
    this.state = initial(userId(), keptToken());
    this.queryType = "auto";
    this.theme = localStorage.getItem("mtor.theme") ?? "auto";
    this.language = pickLanguage([localStorage.getItem("mtor.language") ?? "", ...navigator.languages]);
    this.workersShown = matchMedia(WIDE).matches;
    this.dropping = false;
    this.keys = localStorage.getItem("mtor.keys") !== "off";
    this.view = "talk";
    this.voice = readSettings(localStorage.getItem("mtor.voice"));
    this.#conversing = new Conversing(this.state.userId, this.voice, this);
    this.speech = this.#conversing.speech;
    this.#applySettings();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
    this.#look();
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
    await this.#composer?.restore(store, (guid) => this.#turn(guid)?.intent);
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
    keepToken(state.operating);
    this.#conversing.follow(state);
  }

  /** Shows what the address names. The views beside the conversation come in a bundle of their own. */
  #look(): void {
    this.view = viewOf(location.hash);
    void (this.view === "talk" || this.#loadViews());
  }

  #loadViews(): void {
    import("../views.ts").catch(() => this.#toast?.say(t("view.missing"), { urgent: true, shown: true }));
  }

  // ---- what talking needs

  ask(text: string): string | undefined {
    return this.#dispatch({ text, attachments: [], queryType: "auto" });
  }

  obey(command: Command): string | undefined {
    return obey(command, this, this.voice.volume, () => this.#againNewest());
  }

  stop(guid: string): void {
    this.#runner?.dispatch({ kind: "stop", guid });
  }

  interrupted(guid: string, heard: string): void {
    this.#runner?.dispatch({ kind: "interrupted", guid, heard });
  }

  notHeard(code: string): void {
    const reason = known("error", code) ?? t("error.unknown", { code });
    this.#toast?.say(t("say.notHeard", { reason }), { urgent: true, shown: true });
  }

  speechChanged(speech: Speech): void {
    this.speech = speech;
  }

  get display(): MtorTalk | null {
    return this.querySelector("mtor-talk");
  }

  #talk(event: SpeechEvent): void {
    this.#conversing.dispatch(event);
  }

  say(saying: Saying): void {
    const shown = saying.what === "too-many" || saying.what === "forgotten" || saying.what === "erased" || (saying.what === "failed" && saying.guid === undefined);
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
    this.#on("mtor-send", ({ replaces, ...asked }) => this.#dispatch(replaces === undefined ? asked : { ...asked, inPlaceOf: replaces }, replaces));
    this.#on("mtor-stop", ({ guid }) => this.stop(guid));
    this.#on("mtor-again", ({ guid, replace, ...changed }) => this.#again(guid, replace, changed));
    this.#on("mtor-edit", ({ guid }) => this.#edit(guid));
    this.#on("mtor-change", (event) => this.#runner?.dispatch(event));
    this.#on("mtor-example", ({ text }) => this.ask(text));
    this.#on("mtor-kind", ({ queryType }) => (this.queryType = queryType));
    this.#on("mtor-toast", ({ words }) => this.#toast?.say(words, { shown: true }));
    this.#on("mtor-operate", (event) => this.#runner?.dispatch(event));
    this.#on("mtor-forget", () => void this.#forget());
    this.#on("mtor-views", () => this.#loadViews());
    this.#on("mtor-workers", () => this.#toggleWorkers());
    // In a narrow window they lie over the conversation: only who asked for them sees them there.
    matchMedia(WIDE).addEventListener("change", ({ matches }) => matches || (this.workersShown = false));
    this.#on("mtor-setting", ({ name, value }) => this.#set(name, value));
    this.#on("mtor-voice", (changed) => this.#setVoice(changed));
    this.#on("mtor-talk", ({ kind }) => this.#talk({ kind }));
    const wake = (): void => this.#link?.wake();
    addEventListener("hashchange", () => this.#look());
    addEventListener("online", wake);
    addEventListener("offline", () => this.#link?.drop());
    document.addEventListener("visibilitychange", () => document.hidden || wake());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keyup", (event) => event.key === " " && this.speech.held && this.#talk({ kind: "release" }));
    takeDrops(this, (over) => (this.dropping = over), (files) => void this.#composer?.attach(files));
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as Element | null;
    const act = meaning(pressed(event), this.keys);
    if (act === undefined || (act === "hold" && !this.#mayTalk(target)) || (act === "quiet" && document.querySelector("dialog[open]") !== null)) {
      return;
    }
    if (act !== "quiet") {
      event.preventDefault();
    }
    if (!event.repeat) {
      this.#act(act);
    }
  }

  #act(act: Act): void {
    switch (act) {
      case "quiet":
        return this.workersShown && !matchMedia(WIDE).matches ? void (this.workersShown = false) : this.#quiet();
      case "words":
        return this.querySelector<HTMLTextAreaElement>("#words")?.focus();
      case "hold":
      case "mute":
        return this.#talk({ kind: act });
      case "again":
        return void this.#againNewest();
      case "gallery":
      case "help":
        return this.#show(act);
    }
  }

  /** They stand beside the conversation. */
  #toggleWorkers(): void {
    this.workersShown = this.view !== "talk" || !this.workersShown;
    this.#show("talk");
  }

  /** Goes to a view; the address says which, and Back leads back. */
  #show(view: View): void {
    location.hash = view === "talk" ? "" : view;
  }

  /** Where Space means nothing else, and somebody turns speech into text. */
  #mayTalk(target: Element | null): boolean {
    return target?.closest("button, a, summary, label, audio") == null && this.speech.manner.engine !== "none";
  }

  /** Stops what is spoken, what is listened to, and the newest answer. */
  #quiet(): void {
    this.#talk({ kind: "stop" });
    const running = openTurns(this.state).at(-1);
    if (running !== undefined) {
      this.stop(running.intent.guid);
    }
  }

  #turn(guid: string): Turn | undefined {
    return this.state.turns.find(({ intent }) => intent.guid === guid);
  }

  #againNewest(): string | undefined {
    const newest = this.state.turns.at(-1);
    return newest === undefined || isOpen(newest) ? undefined : this.#again(newest.intent.guid, false, {});
  }

  #again(guid: string, replace: boolean, changed: Partial<Asked>): string | undefined {
    const intent = this.#turn(guid)?.intent;
    if (intent === undefined) {
      return undefined;
    }
    const same = { text: intent.query_text, attachments: intent.attachments, queryType: intent.query_type };
    return this.#dispatch({ ...same, ...changed, inPlaceOf: guid }, replace ? guid : undefined);
  }

  #edit(guid: string): void {
    const turn = this.#turn(guid);
    if (turn !== undefined) {
      this.#show("talk");
      this.#composer?.edit(turn.intent);
    }
  }

  /** Gives its guid, if it was taken. */
  #dispatch(asked: Asked, replaces?: string): string | undefined {
    const intent = intentOf(asked, this.state.turns, guid(), Date.now());
    this.#show("talk");
    this.#runner?.dispatch(replaces === undefined ? { kind: "send", intent } : { kind: "send", intent, replaces });
    return this.#turn(intent.guid)?.intent.guid;
  }

  #set(name: "theme" | "language" | "keys", value: string): void {
    localStorage.setItem(`mtor.${name}`, value);
    if (name === "theme") {
      this.theme = value;
    } else if (name === "keys") {
      this.keys = value !== "off";
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

  async #forget(): Promise<void> {
    const words = { title: t("forget.ask"), detail: t("forget.detail"), yes: t("forget.yes"), no: t("forget.no") };
    if (await ask({ id: "forget", ...words })) {
      this.#runner?.dispatch({ kind: "forget" });
      this.#composer?.clear();
    }
  }

  override render(): TemplateResult {
    const { state, language } = this;
    const up = state.link.phase === "up";
    const kinds = kindsOf(state);
    const served = servedBy(state.realm);
    return html`
      <mtor-status
        .link=${state.link}
        .roundTripMillis=${state.roundTripMillis}
        .realm=${state.realm}
        ?workersShown=${this.workersShown && this.view === "talk"}
        theme=${this.theme}
        .voice=${this.voice}
        .operating=${state.operating}
        ?keys=${this.keys}
        language=${language}
      ></mtor-status>
      ${banners(state, this.speech, () => this.#link?.wake(), () => this.#runner?.dispatch({ kind: "dismiss-notice" }))}
      <mtor-nav view=${this.view} ?admin=${state.operating.admin} language=${language}></mtor-nav>
      <main class=${this.workersShown && this.view === "talk" ? "with-workers" : ""}>
        ${this.#view()}
        <mtor-log
          .turns=${state.turns}
          .kinds=${this.#offered.of(kinds, served)}
          .realm=${state.realm}
          ?up=${up}
          ?hidden=${this.view !== "talk"}
          language=${language}
          tabindex="0"
        ></mtor-log>
        <mtor-workers
          id="workers"
          .realm=${state.realm}
          ?stale=${!up}
          language=${language}
          ?hidden=${!this.workersShown || this.view !== "talk"}
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
      ${this.dropping ? html`<div class="drop">${icons.picture}${t("composer.drop")}</div>` : nothing}
    `;
  }

  #view(): unknown {
    const { state, language } = this;
    switch (this.view) {
      case "talk":
        return nothing;
      case "realm":
        return html`<mtor-realm class="view" tabindex="0" .state=${state} language=${language}></mtor-realm>`;
      case "gallery":
        return html`<mtor-gallery class="view" tabindex="0" .turns=${state.turns} language=${language}></mtor-gallery>`;
      case "history":
        return html`<mtor-history class="view" tabindex="0" .turns=${state.turns} language=${language}></mtor-history>`;
      case "help":
        return html`<mtor-help class="view" tabindex="0" .speech=${this.speech} .served=${servedBy(state.realm)} ?keys=${this.keys} language=${language}></mtor-help>`;
      case "admin":
        return html`<mtor-admin class="view" tabindex="0" .state=${state} language=${language}></mtor-admin>`;
    }
  }
}
