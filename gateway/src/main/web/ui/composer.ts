// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { size } from "../core/format.ts";
import { currentLanguage, kindName, t } from "../core/i18n.ts";
import { isPicture, sniff, type Media } from "../core/media.ts";
import type { Intent } from "../core/outbox.ts";
import type { Limits } from "../core/protocol.ts";
import type { Speech } from "../core/speech/speech.ts";
import type { Store } from "../core/store.ts";
import { blobUrl } from "./blobs.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";

export const MAX_ATTACHMENTS = 4;
/** What holds as long as the gateway has not said its own. */
const MAX_MEDIA_BYTES = 20_000_000;
const MAX_TEXT_CHARS = 32_000;
const DRAFT = "mtor.draft";
const EDITED = "mtor.edited";

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
    editing: { state: true },
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
  /** The guid of the turn whose question is changed here. */
  declare editing: string | undefined;
  /** What stood here before a question came back to be changed. */
  #aside: { text: string; attachments: Media[]; queryType: string } | undefined;
  #store: Store | undefined;

  constructor() {
    super();
    this.text = localStorage.getItem(DRAFT) ?? "";
    this.attachments = [];
  }

  override render(): TemplateResult {
    const limit = this.limits.max_text_chars ?? MAX_TEXT_CHARS;
    const tooLong = this.text.length > limit;
    return html`<form @submit=${this.#submit}>
      <mtor-talk .speech=${this.speech} ?known=${this.served !== undefined} language=${this.language}></mtor-talk>
      <div class="kinds">
        <fieldset class="kinds">
          <legend class="unseen">${t("kind.label")}</legend>
          ${this.kinds.map((kind) => this.#kind(kind))}
        </fieldset>
        ${this.#capture()}
      </div>
      ${this.editing === undefined
        ? nothing
        : html`<p class="note editing" role="status">
            <span>${t("composer.editing")}</span>
            <button type="button" class="small" @click=${() => this.#giveUp()}>${t("composer.giveUp")}</button>
          </p>`}
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

  /** Camera and screen, where the browser has them. One that hides its camera because of the address gets words for it. */
  #capture(): TemplateResult {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const button = (words: string, icon: TemplateResult, act: () => unknown): TemplateResult =>
      html`<button type="button" class="capsule" title=${words} aria-label=${words} @click=${act}>${icon}</button>`;
    return html`<div class="capture">
      ${!isSecureContext || devices?.getUserMedia ? button(t("camera.button"), icons.camera, () => this.#photograph()) : nothing}
      ${devices?.getDisplayMedia ? button(t("screen.button"), icons.screen, () => this.#screenshot()) : nothing}
    </div>`;
  }

  /** Camera and screen come with the views: most visits need neither. */
  #lazy(): Promise<typeof import("../views.ts") | void> {
    return import("../views.ts").catch(() => this.emit("mtor-toast", { words: t("view.missing") }));
  }

  async #photograph(): Promise<void> {
    const file = await (await this.#lazy())?.photograph();
    if (file !== undefined) {
      await this.attach([file]);
    }
  }

  async #screenshot(): Promise<void> {
    const taken = await (await this.#lazy())?.screenshot();
    if (typeof taken === "string") {
      this.emit("mtor-toast", { words: t(`screen.${taken}`) });
    } else if (taken !== undefined) {
      await this.attach([taken]);
    }
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
    const asked = { text: this.text.trim(), attachments: this.attachments, queryType: this.queryType };
    const replaces = this.editing;
    if (replaces !== undefined) {
      this.#giveUp();
      this.emit("mtor-send", { ...asked, replaces });
    } else {
      this.clear();
      this.emit("mtor-send", asked);
    }
  }

  #typed(event: Event): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.#keep();
  }

  /** A reload brings back what stands here. */
  #keep(): void {
    if (this.editing === undefined) {
      localStorage.setItem(DRAFT, this.text);
    } else {
      sessionStorage.setItem(EDITED, `${this.editing}\n${this.text}`);
    }
  }

  clear(): void {
    this.text = "";
    this.attachments = [];
    this.editing = this.#aside = undefined;
    localStorage.removeItem(DRAFT);
    sessionStorage.removeItem(EDITED);
  }

  /** The pictures that a reload left behind come back, and from now on are kept there; so does a question half changed. */
  async restore(store: Store, intent: (guid: string) => Intent | undefined): Promise<void> {
    const kept = await store.loadDraft().catch((): Media[] => []);
    this.attachments = [...kept.filter(({ bytes }) => isPicture(bytes)), ...this.attachments].slice(0, MAX_ATTACHMENTS);
    this.#store = store;
    const [guid = "", ...lines] = sessionStorage.getItem(EDITED)?.split("\n") ?? [];
    const edited = intent(guid);
    if (edited !== undefined) {
      this.edit({ ...edited, query_text: lines.join("\n") });
    }
  }

  /** Takes a question back to be changed; what is sent next stands in its place. */
  edit({ guid, query_text, attachments, query_type }: Intent): void {
    this.#aside ??= { text: this.text, attachments: this.attachments, queryType: this.queryType };
    this.editing = guid;
    this.text = query_text;
    this.attachments = attachments;
    this.#keep();
    this.emit("mtor-kind", { queryType: query_type });
    this.querySelector("textarea")?.focus();
  }

  /** What stood here before comes back. */
  #giveUp(): void {
    const { text, attachments, queryType } = this.#aside ?? { text: "", attachments: [], queryType: this.queryType };
    this.text = text;
    this.attachments = attachments;
    this.editing = this.#aside = undefined;
    sessionStorage.removeItem(EDITED);
    this.emit("mtor-kind", { queryType });
    this.querySelector("textarea")?.focus();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("attachments") && this.editing === undefined) {
      // Where nothing is kept the page has said so.
      this.#store?.saveDraft(this.attachments).catch(() => undefined);
    }
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
    } else if (event.key === "Escape" && this.editing !== undefined) {
      event.stopPropagation();
      this.#giveUp();
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
