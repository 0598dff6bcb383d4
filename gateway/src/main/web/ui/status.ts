// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { CATALOGUES, currentLanguage, t, tn } from "../core/i18n.ts";
import { duration } from "../core/format.ts";
import type { LinkState } from "../core/link.ts";
import type { Operating } from "../core/operate.ts";
import type { Realm } from "../core/protocol.ts";
import type { VoiceSettings } from "../core/speech/settings.ts";
import { Light } from "./light.ts";
import { signIn } from "./sign-in.ts";
import * as icons from "./icons.ts";
import { voiceSettings } from "./voice-settings.ts";

const LANGUAGE_NAMES = { en: "English", de: "Deutsch" } as const;
const SHAPES = { up: "healthy", connecting: "draining", waiting: "degraded", offline: "down" } as const;

/** The header: who this is, whether it is connected, who is there, and the few settings. */
export class MtorStatus extends Light {
  static override properties = {
    link: { attribute: false },
    roundTripMillis: { attribute: false },
    realm: { attribute: false },
    language: {},
    theme: {},
    voice: { attribute: false },
    operating: { attribute: false },
    keys: { type: Boolean },
    workersShown: { type: Boolean },
  };
  declare link: LinkState;
  declare roundTripMillis: number | undefined;
  declare realm: Realm | undefined;
  declare language: string;
  declare theme: string;
  declare voice: VoiceSettings;
  declare operating: Operating;
  declare keys: boolean;
  declare workersShown: boolean;

  override render(): TemplateResult {
    const { phase } = this.link;
    return html`<header>
      <a class="skip" href="#words" @click=${this.#skip}>${t("app.skip")}</a>
      <h1>${icons.mark}<span>${t("app.title")}</span></h1>
      <p class="link">
        ${icons.health(SHAPES[phase])}
        <span class="words">
          <span>${t(`link.${phase}`)}</span>
          ${phase === "up" && this.roundTripMillis !== undefined ? this.#roundTrip(this.roundTripMillis) : nothing}
        </span>
      </p>
      <button
        type="button"
        class="capsule count"
        aria-expanded=${this.workersShown}
        aria-controls="workers"
        title=${t(this.workersShown ? "workers.hide" : "workers.show")}
        @click=${() => this.emit("mtor-workers", null)}
      >
        <span class="long">${this.#count("workers.count")}</span><span class="short">${this.#count("workers.short")}</span>
      </button>
      ${this.#settings()}
    </header>`;
  }

  #roundTrip(millis: number): TemplateResult {
    const time = duration(millis, currentLanguage());
    return html`<span class="number" title=${t("link.roundTrip", { time })}>${time}</span>`;
  }

  #count(stem: "workers.count" | "workers.short"): string {
    const known = this.link.phase === "up" ? this.realm : undefined;
    const ready = known?.workers.filter(({ health }) => health === "healthy" || health === "degraded").length;
    return ready === undefined ? t("workers.title") : ready === 0 ? t("workers.none") : tn(stem, ready);
  }

  #settings(): TemplateResult {
    const set = (name: "theme" | "language") => (event: Event) =>
      this.emit("mtor-setting", { name, value: (event.target as HTMLSelectElement).value });
    return html`<details class="settings" @keydown=${this.#closeOnEscape} @focusout=${this.#closeWhenLeft}>
      <summary class="capsule">${icons.gear}<span class="unseen">${t("menu.settings")}</span></summary>
      <div class="menu">
        <label>
          <span>${t("menu.theme")}</span>
          <select @change=${set("theme")}>
            ${(["auto", "dark", "light", "contrast"] as const).map(
              (theme) => html`<option value=${theme} ?selected=${theme === this.theme}>${t(`theme.${theme}`)}</option>`,
            )}
          </select>
        </label>
        <label>
          <span>${t("menu.language")}</span>
          <select @change=${set("language")}>
            ${(Object.keys(CATALOGUES) as (keyof typeof CATALOGUES)[]).map(
              (tag) => html`<option value=${tag} lang=${tag} ?selected=${tag === this.language}>${LANGUAGE_NAMES[tag]}</option>`,
            )}
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.keys}
            @change=${(event: Event) => this.emit("mtor-setting", { name: "keys", value: (event.target as HTMLInputElement).checked ? "on" : "off" })}
          />
          <span>${t("menu.keys")} <span class="number">/ M R G ? ␣</span></span>
        </label>
        ${voiceSettings(this.voice, (changed) => this.emit("mtor-voice", changed))}
        ${signIn(this.operating, (event) => this.emit("mtor-operate", event))}
        <button type="button" class="capsule danger" @click=${() => this.emit("mtor-forget", null)}>${t("menu.forget")}</button>
      </div>
    </details>`;
  }

  #skip(event: Event): void {
    event.preventDefault();
    document.getElementById("words")?.focus();
  }

  #closeOnEscape(event: KeyboardEvent): void {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.key === "Escape" && details.open) {
      details.open = false;
      details.querySelector("summary")?.focus();
      event.stopPropagation();
    }
  }

  #closeWhenLeft(event: FocusEvent): void {
    const details = event.currentTarget as HTMLDetailsElement;
    if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) {
      details.open = false;
    }
  }
}
