// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { anotherSeed, fileName, pictures, type Picture } from "../../core/gallery.ts";
import { t } from "../../core/i18n.ts";
import type { Turn } from "../../core/turn.ts";
import { zip } from "../../core/zip.ts";
import { v, vn } from "../../core/view-words.ts";
import { ask } from "../ask.ts";
import { blobUrl } from "../blobs.ts";
import * as icons from "../icons.ts";
import { Light } from "../light.ts";
import { save } from "../save.ts";

/** The pictures that were made: all at a glance, one large, several chosen. */
export class MtorGallery extends Light {
  static override properties = {
    turns: { attribute: false },
    language: {},
    selected: { state: true },
    large: { state: true },
  };
  declare turns: readonly Turn[];
  declare language: string;
  /** Keys of the chosen pictures. */
  declare selected: ReadonlySet<string>;
  /** The key of the one that is shown large. */
  declare large: string | undefined;
  #pictures: readonly Picture[] = [];

  constructor() {
    super();
    this.selected = new Set();
    this.large = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("turns")) {
      this.#pictures = pictures(this.turns);
    }
  }

  get #chosen(): Picture[] {
    return this.#pictures.filter(({ key }) => this.selected.has(key));
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  override render(): TemplateResult {
    return html`<section aria-labelledby="view-title">
        <h2 id="view-title">${t("nav.gallery")}</h2>
        ${this.#pictures.length === 0
          ? html`<p class="empty">${v("gallery.none")}</p>`
          : html`${this.#tools()}
              <ul class="pictures">
                ${this.#pictures.map((picture) => this.#tile(picture))}
              </ul>`}
      </section>
      <dialog class="large" aria-label=${t("nav.gallery")} @close=${this.#closed} @keydown=${this.#key}>${this.#shown()}</dialog>`;
  }

  #tools(): TemplateResult {
    const chosen = this.#chosen;
    return html`<div class="tools">
      <p class="dim" role="status">${chosen.length === 0 ? nothing : vn("gallery.selected", chosen.length)}</p>
      ${chosen.length === 0
        ? nothing
        : html`<button type="button" class="capsule" @click=${() => this.#save(chosen)}>${v("gallery.save")}</button>
            <button type="button" class="capsule danger" @click=${() => this.#delete(chosen)}>${v("gallery.delete")}</button>
            <button type="button" class="capsule" @click=${() => (this.selected = new Set())}>${v("gallery.unselect")}</button>`}
    </div>`;
  }

  #tile({ key, media, prompt }: Picture): TemplateResult {
    return html`<li>
      <button type="button" data-key=${key} aria-label=${v("gallery.open", { text: prompt })} @click=${() => this.#open(key)}>
        <img src=${blobUrl(media.bytes)} alt=${t("turn.picture", { text: prompt })} loading="lazy" />
      </button>
      <label>
        <input type="checkbox" .checked=${this.selected.has(key)} @change=${() => this.#select(key)} />
        <span class="unseen">${v("gallery.select", { text: prompt })}</span>
      </label>
    </li>`;
  }

  #select(key: string): void {
    const selected = new Set(this.selected);
    if (!selected.delete(key)) {
      selected.add(key);
    }
    this.selected = selected;
  }

  #shown(): unknown {
    const at = this.#pictures.findIndex(({ key }) => key === this.large);
    const picture = this.#pictures[at];
    if (picture === undefined) {
      return nothing;
    }
    const { guid, media, prompt } = picture;
    const count = this.#pictures.length;
    const button = (words: string, act: () => unknown, style = ""): TemplateResult =>
      html`<button type="button" class="capsule ${style}" @click=${act}>${words}</button>`;
    const round = (words: string, icon: TemplateResult, step: number): TemplateResult =>
      html`<button type="button" class="capsule round" aria-label=${words} title=${words} ?disabled=${count < 2} @click=${() => this.#go(step)}>${icon}</button>`;
    return html`<img src=${blobUrl(media.bytes)} alt=${t("turn.picture", { text: prompt })} />
      <p class="prompt">${prompt}</p>
      <div class="tools">
        ${round(v("gallery.previous"), icons.previous, -1)}
        <span class="dim" role="status">${v("gallery.place", { number: at + 1, count })}</span>
        ${round(v("gallery.next"), icons.next, 1)} ${button(v("gallery.save"), () => this.#save([picture]))}
        ${button(v("gallery.vary"), () => this.emit("mtor-again", { guid, replace: false, queryType: "imagine", parameters: anotherSeed(Math.random) }))}
        ${button(t("turn.again"), () => this.emit("mtor-again", { guid, replace: false }))}
        ${button(v("gallery.delete"), () => this.#delete([picture]), "danger")} ${button(v("gallery.close"), () => this.#dialog?.close())}
      </div>`;
  }

  #open(key: string): void {
    this.large = key;
    this.#dialog?.showModal();
  }

  /** Round and round. */
  #go(step: number): void {
    const count = this.#pictures.length;
    const at = this.#pictures.findIndex(({ key }) => key === this.large);
    this.large = this.#pictures[(at + step + count) % count]?.key;
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#go(step);
    }
  }

  /** The focus goes to the picture that was seen last. */
  #closed(): void {
    const key = this.large;
    this.large = undefined;
    this.#focus(key);
  }

  #focus(key: string | undefined): void {
    const tiles = [...this.querySelectorAll<HTMLElement>("[data-key]")];
    (tiles.find((tile) => tile.dataset["key"] === key) ?? tiles[0] ?? this).focus();
  }

  #save(chosen: readonly Picture[]): void {
    const [first] = chosen;
    if (first !== undefined && chosen.length === 1) {
      save(new Blob([first.media.bytes]), fileName(first));
    } else {
      const entries = chosen.map((picture, i) => ({ name: fileName(picture, i + 1), bytes: picture.media.bytes }));
      save(new Blob(zip(entries), { type: "application/zip" }), "mtor-pictures.zip");
    }
  }

  async #delete(chosen: readonly Picture[]): Promise<void> {
    const words = { title: vn("gallery.ask", chosen.length), detail: v("gallery.ask.detail"), yes: v("gallery.delete"), no: v("gallery.keep") };
    if (await ask({ id: "delete-pictures", ...words })) {
      this.#dialog?.close();
      chosen.forEach(({ guid, media }) => this.emit("mtor-change", { kind: "erase-media", guid, media }));
      this.selected = new Set();
      await this.updateComplete;
      this.#focus(undefined);
    }
  }
}
