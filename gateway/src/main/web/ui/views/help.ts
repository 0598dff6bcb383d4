// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { kindName, t } from "../../core/i18n.ts";
import { browserOf, diagnose } from "../../core/speech/diagnosis.ts";
import type { Speech } from "../../core/speech/speech.ts";
import { v } from "../../core/view-words.ts";
import { Light } from "../light.ts";

const KEYS = [
  ["␣", "space", true],
  ["/", "slash", true],
  ["M", "m", true],
  ["R", "r", true],
  ["G", "g", true],
  ["?", "question", true],
  ["Enter", "enter", false],
  ["Esc", "esc", false],
] as const;
const SAID = ["stop", "show", "volume", "again", "save"] as const;
const KINDS = ["auto", "chat", "vision", "imagine", "speak", "transcribe", "embed"] as const;

/** What the page can do, why the microphone is off, and where everything goes. */
export class MtorHelp extends Light {
  static override properties = {
    speech: { attribute: false },
    served: { attribute: false },
    keys: { type: Boolean },
    language: {},
    permission: { state: true },
  };
  declare speech: Speech;
  declare served: ReadonlySet<string> | undefined;
  declare keys: boolean;
  declare language: string;
  declare permission: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#askPermission();
  }

  /** What the browser would do, without asking anybody; not every browser tells. */
  async #askPermission(): Promise<void> {
    try {
      const status = await navigator.permissions.query({ name: "microphone" as PermissionName });
      this.permission = status.state;
      status.onchange = () => (this.permission = status.state);
    } catch {
      this.permission = undefined;
    }
  }

  override render(): TemplateResult {
    const word = this.speech.manner.wakeWord;
    return html`<section class="help" aria-labelledby="view-title">
      <h2 id="view-title">${t("nav.help")}</h2>
      ${this.#microphone()} ${this.#keysSection()}
      <h3>${v("help.voice")}</h3>
      <p class="dim">${v("help.voice.detail", { word })}</p>
      <dl>${SAID.map((said) => html`<div><dt>${v(`help.say.${said}`)}</dt><dd>${v(`help.does.${said}`)}</dd></div>`)}</dl>
      <h3>${v("help.kinds")}</h3>
      <dl>${KINDS.map((kind) => this.#kind(kind))}</dl>
      <h3>${v("help.privacy")}</h3>
      <p>${v("help.privacy.voice", { word })}</p>
      <p>${v("help.privacy.words")}</p>
      <h3>${v("help.kept")}</h3>
      <p>${v("help.kept.browser")}</p>
      <p>${v("help.kept.realm")}</p>
      <p>${v("help.kept.forget")}</p>
    </section>`;
  }

  #microphone(): TemplateResult {
    const { speech, served, permission } = this;
    const found = diagnose({ speech, served, secure: isSecureContext && navigator.mediaDevices !== undefined, permission });
    const what =
      found === "denied"
        ? v(`help.mic.denied.${browserOf(navigator.userAgent)}`)
        : found === "insecure"
          ? v("help.mic.insecure.do")
          : found === "nobody"
            ? v("help.mic.nobody.do")
            : undefined;
    return html`<h3>${v("help.mic")}</h3>
      <div class="diagnosis ${found}" role="status">
        <p>${v(`help.mic.${found}`, { origin: location.origin })}</p>
        ${what === undefined ? nothing : html`<p>${what}</p>`}
      </div>`;
  }

  #keysSection(): TemplateResult {
    const change = (event: Event): void =>
      this.emit("mtor-setting", { name: "keys", value: (event.target as HTMLInputElement).checked ? "on" : "off" });
    return html`<h3>${v("help.keys")}</h3>
      <label class="check"><input type="checkbox" .checked=${this.keys} @change=${change} /><span>${v("help.keys.switch")}</span></label>
      ${this.keys ? nothing : html`<p class="note">${v("help.keys.off")}</p>`}
      <dl class="keys">
        ${KEYS.filter(([, , single]) => this.keys || !single).map(
          ([key, name]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${v(`help.key.${name}`)}</dd></div>`,
        )}
      </dl>`;
  }

  #kind(kind: (typeof KINDS)[number]): TemplateResult {
    const missing = kind !== "auto" && this.served !== undefined && !this.served.has(kind);
    return html`<div>
      <dt>${kindName(kind)}</dt>
      <dd>${v(`help.kind.${kind}`)}${missing ? html` <span class="dim">(${v("help.kind.missing")})</span>` : nothing}</dd>
    </div>`;
  }
}
