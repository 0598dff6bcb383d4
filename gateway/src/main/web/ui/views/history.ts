// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { ArchiveError, MAX_ARCHIVE_BYTES, merge, read, write } from "../../core/archive.ts";
import { size } from "../../core/format.ts";
import { byDay, dayName, excerpt, heldBytes, search, timeOfDay } from "../../core/history.ts";
import { currentLanguage, kindName, t } from "../../core/i18n.ts";
import { isPicture } from "../../core/media.ts";
import { plain } from "../../core/plain.ts";
import type { Turn } from "../../core/turn.ts";
import { v, vn } from "../../core/view-words.ts";
import { blobUrl } from "../blobs.ts";
import * as icons from "../icons.ts";
import { Light } from "../light.ts";
import { save } from "../save.ts";

const EXPORT_NAME = "mtor-history.json";

/** Everything that this browser keeps: by day, to look through, to go back to, to delete, to carry elsewhere. */
export class MtorHistory extends Light {
  static override properties = { turns: { attribute: false }, language: {}, words: { state: true }, refused: { state: true } };
  declare turns: readonly Turn[];
  declare language: string;
  /** What is looked for. */
  declare words: string;
  /** Why a file was not taken in. */
  declare refused: string;

  constructor() {
    super();
    this.words = this.refused = "";
  }

  override render(): TemplateResult {
    const found = search(this.turns, this.words);
    return html`<section aria-labelledby="view-title">
      <h2 id="view-title">${t("nav.history")}</h2>
      ${this.#tools()} ${this.refused === "" ? nothing : html`<p class="note" role="alert">${this.refused}</p>`}
      ${this.turns.length === 0
        ? html`<p class="empty">${v("history.none")}</p>`
        : html`${this.#search(found.length)} ${found.length === 0 ? html`<p class="empty">${v("history.noMatch")}</p>` : nothing}
            ${byDay(found).map(
              ({ from, turns }) => html`<h3>${dayName(from, Date.now(), currentLanguage())}</h3>
                <ul class="past">
                  ${turns.map((turn) => this.#turn(turn))}
                </ul>`,
            )}`}
    </section>`;
  }

  #tools(): TemplateResult {
    const none = this.turns.length === 0;
    return html`<div class="tools">
      <p class="dim">${v("history.held", { size: size(heldBytes(this.turns), currentLanguage()) })}</p>
      <button type="button" class="capsule" ?disabled=${none} @click=${this.#export}>${v("history.export")}</button>
      <label class="capsule">
        ${v("history.import")}
        <input type="file" class="unseen" accept="application/json,.json" @change=${this.#import} />
      </label>
      <button type="button" class="capsule danger" ?disabled=${none} @click=${() => this.emit("mtor-forget", null)}>${t("menu.forget")}</button>
    </div>`;
  }

  #search(found: number): TemplateResult {
    const count = this.turns.length;
    return html`<div class="search" role="search">
      <input
        type="search"
        aria-label=${v("history.search")}
        placeholder=${v("history.find")}
        autocomplete="off"
        .value=${this.words}
        @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)}
      />
      <p class="dim" role="status">${this.words.trim() === "" ? vn("history.count", count) : v("history.found", { found, count })}</p>
    </div>`;
  }

  #turn({ intent, text, media, understood }: Turn): TemplateResult {
    const name = intent.query_text || v("history.wordless");
    const pictures = [...intent.attachments, ...media].filter(({ bytes }) => isPicture(bytes)).slice(0, 3);
    return html`<li>
      <a href="#turn-${intent.guid}">
        <span class="asked">${this.#marked(name)}</span>
        ${text ? html`<span class="answered">${this.#marked(plain(text))}</span>` : nothing}
        <span class="dim"
          ><time>${timeOfDay(intent.at, currentLanguage())}</time> · ${kindName(understood?.queryType ?? intent.query_type)}</span
        >
      </a>
      ${pictures.map(({ bytes }) => html`<img src=${blobUrl(bytes)} alt="" />`)}
      <button
        type="button"
        class="quiet"
        aria-label=${v("history.delete", { text: name.slice(0, 60) })}
        @click=${(event: Event) => this.#erase(intent.guid, event)}
      >
        ${icons.bin}
      </button>
    </li>`;
  }

  #marked(text: string): unknown {
    return excerpt(text, this.words).map((piece) => (piece.marked ? html`<mark>${piece.text}</mark>` : piece.text));
  }

  /** The focus goes to the next one, so that a keyboard does not start again from the top. */
  #erase(guid: string, event: Event): void {
    const all = [...this.querySelectorAll<HTMLElement>(".past button")];
    const at = all.indexOf(event.currentTarget as HTMLElement);
    this.emit("mtor-change", { kind: "erase", guid });
    void this.updateComplete.then(() => {
      const left = this.querySelectorAll<HTMLElement>(".past button");
      (left[Math.min(at, left.length - 1)] ?? this).focus();
    });
  }

  #export(): void {
    save(new Blob(write(this.turns, Date.now()), { type: "application/json" }), EXPORT_NAME);
  }

  async #import(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file !== undefined) {
      this.refused = "";
      try {
        this.refused = await this.#take(file);
      } catch (error) {
        if (!(error instanceof ArchiveError)) {
          throw error;
        }
        this.refused = v("history.refused", { where: error.where, wanted: v(`archive.${error.wanted}`, error.values) });
      }
      input.value = "";
    }
  }

  /** Takes in what there is room for; gives the reason if it takes nothing. */
  async #take(file: File): Promise<string> {
    if (file.size > MAX_ARCHIVE_BYTES) {
      return v("history.tooBig", { limit: size(MAX_ARCHIVE_BYTES, currentLanguage()) });
    }
    const { taken, known, left } = merge(this.turns, read(await file.text()), Date.now());
    this.emit("mtor-change", { kind: "import", turns: taken });
    this.emit("mtor-toast", { words: v("history.taken", { taken: taken.length, known, left }) });
    return "";
  }
}
