// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../core/i18n.ts";
import { mayWake } from "../core/speech/engines.ts";
import { isOpen, type Speech } from "../core/speech/speech.ts";
import type { MtorElsewhere } from "./views/elsewhere.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";

/** Pressed for longer than this it is held. */
const HOLD_MILLIS = 300;

/** The biggest button: talk. It says what the microphone does, and never that it listens when it does not. */
export class MtorTalk extends Light {
  static override properties = { speech: { attribute: false }, known: { type: Boolean }, language: {}, heard: { state: true } };
  declare speech: Speech;
  /** The realm has said who is there. */
  declare known: boolean;
  declare language: string;
  /** What has been understood so far. */
  declare heard: string;
  #holding = 0;
  #held = false;

  override render(): TemplateResult {
    const { speech } = this;
    const open = isOpen(speech);
    return html`<section class="talk ${speech.mode}" aria-label=${t("talk.label")}>
      <button
        type="button"
        class="talk-button"
        aria-pressed=${open}
        aria-describedby="talk-state"
        ?disabled=${!this.#possible && !open}
        @pointerdown=${this.#down}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
        @click=${this.#click}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${icons.microphone}<span class="unseen">${t("talk.button")}</span>
      </button>
      <p class="talk-state">
        <span id="talk-state">${this.#words()}</span>
        ${this.heard ? html`<span class="heard">${this.heard}</span>` : nothing}
        ${this.#isInsecure
          ? html`<button type="button" class="small" @click=${this.#elsewhere}>${t("talk.secure")}</button>`
          : this.#needsHelp()
            ? html`<a class="why-off" href="#help" aria-describedby="talk-state">${t("talk.why")}</a>`
            : nothing}
        ${open ? html`<small class="dim">${t(`talk.where.${speech.manner.engine}`, { word: speech.manner.wakeWord })}</small>` : nothing}
      </p>
      ${this.#isInsecure ? html`<mtor-elsewhere language=${this.language}></mtor-elsewhere>` : nothing}
      ${speech.mode === "off"
        ? nothing
        : html`<button type="button" class="capsule mute" title=${t("talk.mute")} @click=${() => this.emit("mtor-talk", { kind: "mute" })}>
            ${icons.muted}<span class="unseen">${t("talk.mute")}</span>
          </button>`}
    </section>`;
  }

  /** Somebody turns speech into text. */
  get #possible(): boolean {
    return this.speech.manner.engine !== "none";
  }

  showPartial(text: string): void {
    this.heard = text;
  }

  /** It is off, and a tap alone does not change that. */
  #needsHelp(): boolean {
    const { mode, reason } = this.speech;
    return mode === "off" && (!this.#possible || (reason !== "resting" && reason !== "muted"));
  }

  #words(): string {
    const { mode, reason, held, sent, manner } = this.speech;
    switch (mode) {
      case "off":
        return this.#possible ? t(`talk.off.${isSecureContext ? reason : "insecure"}`) : t(this.known ? "talk.off.nobody" : "talk.off.unknown");
      case "asleep":
        return mayWake(manner.engine) ? t("talk.asleep", { word: manner.wakeWord }) : t("talk.asleep.deaf");
      case "listening":
        return t(held ? "talk.held" : "talk.listening");
      case "thinking":
        return t(sent ? "talk.sent" : "talk.thinking");
      default:
        return t(`talk.${mode}`);
    }
  }

  /** Somebody could hear, but the browser lends no microphone to a page that came like this. */
  get #isInsecure(): boolean {
    return !isSecureContext && this.#possible;
  }

  async #elsewhere(): Promise<void> {
    try {
      await import("../views.ts");
      await this.querySelector<MtorElsewhere>("mtor-elsewhere")?.show();
    } catch {
      this.emit("mtor-toast", { words: t("view.missing") });
    }
  }

  /** How loud it is, in dB of full scale: drawn without drawing the page. */
  showLevel(db: number): void {
    this.querySelector<HTMLElement>(".talk-button")?.style.setProperty("--level", String(Math.max(0, Math.min(1, (db + 60) / 50))));
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) {
      return;
    }
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#held = false;
    this.#holding = setTimeout(() => {
      this.#held = true;
      this.emit("mtor-talk", { kind: "hold" });
    }, HOLD_MILLIS);
  }

  #up(): void {
    clearTimeout(this.#holding);
    if (this.#held) {
      this.emit("mtor-talk", { kind: "release" });
    }
  }

  /** A press that was held is over with its release. */
  #click(): void {
    if (!this.#held) {
      this.emit("mtor-talk", { kind: "tap" });
    }
    this.#held = false;
  }
}
