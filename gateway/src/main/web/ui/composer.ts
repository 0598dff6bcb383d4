// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { size } from "../core/format.ts";
import { currentLanguage, kindName, t } from "../core/i18n.ts";
import { isPicture, sniff, type Media } from "../core/media.ts";
import type { Limits } from "../core/protocol.ts";
import type { Speech } from "../core/speech/speech.ts";
import { blobUrl } from "./blobs.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";

export const MAX_ATTACHMENTS = 4;
/** What holds as long as the gateway has not said its own. */
const MAX_MEDIA_BYTES = 20_000_000;
const MAX_TEXT_CHARS = 32_000;
const DRAFT = "mtor.draft";

/** Where intents are made: words, pictures, the kind of work, and the one button that sends or stops. */
export class MtorComposer extends Light {
  static override properties = {
    kinds: { attribute: false },
    served: { attribute: false },
    queryType: {},
    limits: { attribute: false },
    running: {},
    speech: { attribute: false },
    language: {},
    text: { state: true },
    attachments: { state: true },
  };
  declare kinds: readonly string[];
  /** Query types somebody serves now; undefined while the realm has not said. */
  declare served: ReadonlySet<string> | undefined;
  declare queryType: string;
  declare limits: Limits;
  /** The guid of the newest open intent, which Stop would stop. */
  declare running: string | undefined;
  declare speech: Speech;
  declare language: string;
  declare text: string;
  declare attachments: Media[];

  constructor() {
    super();
    this.text = localStorage.getItem(DRAFT) ?? "";
    this.attachments = [];
  }

  override render(): TemplateResult {
    const limit = this.limits.max_text_chars ?? MAX_TEXT_CHARS;
    const tooLong = this.text.length > limit;
    return html`<form @submit=${this.#submit}>
      <mtor-talk .speech=${this.speech} ?possible=${this.served?.has("transcribe") ?? false} language=${this.language}></mtor-talk>
      <fieldset class="kinds">
        <legend class="unseen">${t("kind.label")}</legend>
        ${this.kinds.map((kind) => this.#kind(kind))}
      </fieldset>
      ${this.attachments.length > 0 ? html`<ul class="attachments">${this.attachments.map((item, i) => this.#attachment(item, i))}</ul>` : nothing}
      <div class="row">
        <label class="capsule attach" title=${t("composer.attach")}>
          ${icons.picture}<span class="unseen">${t("composer.attach")}</span>
          <input type="file" class="unseen" accept="image/png,image/jpeg,image/webp" multiple @change=${this.#files} />
        </label>
        <textarea
          id="words"
          rows="1"
          aria-label=${t("composer.label")}
          aria-describedby="composer-hint"
          aria-invalid=${tooLong}
          placeholder=${t("composer.placeholder")}
          .value=${this.text}
          @input=${this.#typed}
          @keydown=${this.#key}
          @paste=${this.#pasted}
        ></textarea>
        ${this.#button()}
      </div>
      <p id="composer-hint" class="hint">${tooLong ? html`<strong class="error">${t("composer.tooLong", { length: this.text.length, limit })}</strong>` : t("composer.hint")}</p>
    </form>`;
  }

  #kind(kind: string): TemplateResult {
    const missing = kind !== "auto" && this.served !== undefined && !this.served.has(kind);
    return html`<label class="kind ${missing ? "missing" : ""}" title=${missing ? t("kind.none") : nothing}>
      <input
        type="radio"
        class="unseen"
        name="kind"
        value=${kind}
        .checked=${kind === this.queryType}
        @change=${() => this.emit("mtor-kind", { queryType: kind })}
      />
      <span>${kindName(kind)}</span>${missing ? html`<span class="unseen">, ${t("kind.none")}</span>` : nothing}
    </label>`;
  }

  #attachment(item: Media, index: number): TemplateResult {
    const name = `${t("composer.picture")} ${index + 1}`;
    return html`<li>
      <img src=${blobUrl(item.bytes)} alt=${name} />
      <button
        type="button"
        class="capsule"
        aria-label=${t("composer.remove", { name })}
        @click=${() => (this.attachments = this.attachments.filter((other) => other !== item))}
      >
        ${icons.close}
      </button>
    </li>`;
  }

  get #empty(): boolean {
    return this.text.trim() === "" && this.attachments.length === 0;
  }

  #button(): TemplateResult {
    const stops = this.running !== undefined && this.#empty;
    return html`<button type="submit" class="capsule main ${stops ? "stop" : "send"}" ?disabled=${!stops && this.#empty}>
      ${stops ? icons.stop : icons.send}<span>${t(stops ? "composer.stop" : "composer.send")}</span>
    </button>`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#empty) {
      if (this.running !== undefined) {
        this.emit("mtor-stop", { guid: this.running });
      }
      return;
    }
    if (this.text.length > (this.limits.max_text_chars ?? MAX_TEXT_CHARS)) {
      return;
    }
    this.emit("mtor-send", { text: this.text.trim(), attachments: this.attachments, queryType: this.queryType });
    this.text = "";
    this.attachments = [];
    localStorage.removeItem(DRAFT);
  }

  #typed(event: Event): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    localStorage.setItem(DRAFT, this.text);
  }

  override updated(changed: PropertyValues<this>): void {
    const area = this.querySelector("textarea");
    if (area !== null && (changed.has("text") || changed.has("language"))) {
      area.style.height = "auto";
      if (this.text !== "") {
        area.style.height = `${area.scrollHeight + 2}px`;
      }
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit(event);
    }
  }

  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      void this.attach(files);
    }
  }

  #files(event: Event): void {
    const input = event.target as HTMLInputElement;
    void this.attach([...(input.files ?? [])]);
    input.value = "";
  }

  /** Takes pictures from a file dialogue, the clipboard or a drop. */
  async attach(files: File[]): Promise<void> {
    const limit = this.limits.max_media_bytes ?? MAX_MEDIA_BYTES;
    const count = Math.min(MAX_ATTACHMENTS, this.limits.max_media_count ?? MAX_ATTACHMENTS);
    for (const file of files) {
      if (this.attachments.length >= count) {
        this.emit("mtor-toast", { words: t("attach.tooMany", { limit: count }) });
        break;
      }
      const together = file.size + this.attachments.reduce((sum, { bytes }) => sum + bytes.length, 0);
      if (together > limit) {
        const words = { size: size(together, currentLanguage()), limit: size(limit, currentLanguage()) };
        this.emit("mtor-toast", { words: t("attach.tooBig", words) });
        continue;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (isPicture(bytes)) {
        this.attachments = [...this.attachments, { media_type: sniff(bytes) ?? file.type, bytes }];
      } else {
        this.emit("mtor-toast", { words: t("attach.notPicture") });
      }
    }
    this.querySelector("textarea")?.focus();
  }
}
