// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { duration, percent } from "../core/format.ts";
import { currentLanguage, kindName, known, ordinal, t } from "../core/i18n.ts";
import { isPicture, sniff, type Media } from "../core/media.ts";
import { isOpen, type Turn } from "../core/turn.ts";
import { blobUrl } from "./blobs.ts";
import { copyText } from "./clipboard.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";
import { markdown } from "./markdown-view.ts";

/** So many words say where an answer was cut short. */
const LAST_WORDS = 6;

/** One question and its answer. */
export class MtorAnswer extends Light {
  static override properties = {
    turn: { attribute: false },
    kinds: { attribute: false },
    up: { type: Boolean },
    newest: { type: Boolean },
    workerName: {},
    language: {},
  };
  declare turn: Turn;
  declare kinds: readonly string[];
  declare up: boolean;
  declare newest: boolean;
  /** What the worker is called; its id when the realm does not say. */
  declare workerName: string;
  declare language: string;

  override render(): TemplateResult {
    const { turn } = this;
    return html`<article aria-busy=${isOpen(turn)}>
      <div class="question">
        <h3 class="unseen">${t("turn.you")}</h3>
        ${turn.intent.attachments.map((item, i) => this.#attachment(item, i))}
        ${turn.intent.query_text ? html`<p>${turn.intent.query_text}</p>` : nothing}
        <button type="button" class="quiet" @click=${() => this.emit("mtor-edit", { guid: turn.intent.guid })}>${icons.edit}${t("turn.edit")}</button>
      </div>
      <div class="answer ${turn.phase}">
        ${this.#understood()} ${this.#restarted()}
        ${turn.text ? html`<div class="words">${markdown(turn.text)}</div>` : nothing}
        ${this.#interrupted()} ${this.#media()} ${this.#progress()} ${this.#state()} ${this.#error()}
        <mtor-stages .turn=${turn} language=${this.language}></mtor-stages>
        ${this.#foot()} ${this.#why()}
      </div>
    </article>`;
  }

  #attachment(media: Media, index: number): TemplateResult {
    return html`<img class="attached" src=${blobUrl(media.bytes)} alt=${t("turn.attached", { number: index + 1 })} />`;
  }

  #understood(): unknown {
    const { intent, understood } = this.turn;
    if (intent.query_type !== "auto" || understood === undefined) {
      return nothing;
    }
    const kind = kindName(understood.queryType);
    const words =
      understood.confidence === undefined
        ? t("turn.understood", { kind })
        : t("turn.understood.sure", { kind, percent: percent(understood.confidence, currentLanguage()) });
    const others = this.kinds.filter((other) => other !== "auto" && other !== understood.queryType);
    return html`<div class="understood">
      <span>${words}</span>
      ${this.newest && others.length > 0
        ? html`<span class="otherwise" role="group" aria-label=${t("turn.otherwise")}>
            <span aria-hidden="true">${t("turn.otherwise")}</span>
            ${others.map((other) => html`<button type="button" class="small" @click=${() => this.#again(true, other)}>${kindName(other)}</button>`)}
          </span>`
        : nothing}
    </div>`;
  }

  #restarted(): unknown {
    const { restarted, attempt } = this.turn;
    if (restarted === undefined) {
      return nothing;
    }
    const reason = known("restart", restarted);
    return html`<p class="note">
      <span>${t("turn.restarted", { attempt, reason: reason ?? t("restart.unknown") })}</span>
      ${reason === undefined && restarted !== "" ? html`<span class="dim">${restarted}</span>` : nothing}
    </p>`;
  }

  /** The rest stays on the screen; what goes along with the next question is what was heard. */
  #interrupted(): unknown {
    const heard = this.turn.interrupted;
    if (heard === undefined) {
      return nothing;
    }
    const last = heard.split(" ").slice(-LAST_WORDS).join(" ");
    return html`<p class="note interrupted">${last === "" ? t("turn.interrupted") : t("turn.interrupted.after", { words: last })}</p>`;
  }

  #media(): unknown {
    const { media, intent } = this.turn;
    return media.length === 0 ? nothing : html`<div class="media">${media.map((item) => this.#piece(item, intent.query_text))}</div>`;
  }

  #piece({ bytes, media_type }: Media, text: string): TemplateResult {
    const url = blobUrl(bytes);
    if (isPicture(bytes)) {
      const name = `mtor.${sniff(bytes)?.slice("image/".length)}`;
      return html`<figure>
        <img src=${url} alt=${t("turn.picture", { text })} />
        <figcaption><a class="quiet" href=${url} download=${name}>${t("turn.save")}</a></figcaption>
      </figure>`;
    }
    if (sniff(bytes)?.startsWith("audio/")) {
      return html`<audio controls preload="metadata" src=${url} aria-label=${t("turn.audio")}></audio>`;
    }
    return html`<a class="capsule" href=${url} download="mtor.bin">${t("turn.file", { type: media_type })}</a>`;
  }

  #progress(): unknown {
    const { progress, intent } = this.turn;
    if (progress === undefined) {
      return nothing;
    }
    const words = t("turn.progress", { done: progress.done, of: progress.of });
    const preview = progress.preview && isPicture(progress.preview.bytes) ? progress.preview : undefined;
    return html`<div class="progress">
      ${preview ? html`<img class="preview" src=${blobUrl(preview.bytes)} alt=${t("turn.preview", { text: intent.query_text })} />` : nothing}
      <progress max=${Math.max(1, progress.of)} .value=${progress.done} aria-label=${words}></progress>
      <span class="number">${words}</span>
    </div>`;
  }

  /** Where it is while it has not ended. */
  #state(): unknown {
    const { turn } = this;
    return isOpen(turn) ? html`<p class="state"><i class="pulse" aria-hidden="true"></i>${this.#stateWords()}</p>` : nothing;
  }

  #stateWords(): string {
    const { phase, queue, stopping } = this.turn;
    if (stopping) {
      return t("turn.stopping");
    }
    if (phase === "saving") {
      return t("turn.saving");
    }
    if (phase === "open") {
      return t(this.up ? "turn.sent" : "turn.unsent");
    }
    if (phase === "queued" && queue === undefined) {
      return t("turn.waiting");
    }
    if (phase === "queued" && queue !== undefined) {
      const place = ordinal(queue.position);
      const { etaMillis } = queue;
      return etaMillis === undefined
        ? t("turn.queued", { ordinal: place })
        : t("turn.queued.eta", { ordinal: place, time: duration(etaMillis, currentLanguage(), "long") });
    }
    return t("turn.working", { worker: this.workerName });
  }

  #error(): unknown {
    const { phase, error } = this.turn;
    if (phase === "cancelled") {
      return html`<p class="state">${t("turn.cancelled")}</p>`;
    }
    if (error === undefined) {
      return nothing;
    }
    const wait = error.retryAfterMillis;
    return html`<div class="error">
      <p>
        <strong>${known("error", error.code) ?? t("error.unknown", { code: error.code })}</strong>
        ${wait === undefined ? nothing : t("turn.retryAfter", { time: duration(wait, currentLanguage(), "long") })}
      </p>
      ${error.message ? html`<p class="dim">${error.message}</p>` : nothing}
      ${error.retryable
        ? html`<button type="button" class="capsule" @click=${() => this.#again(true)}>${icons.again}${t("turn.retry")}</button>`
        : nothing}
    </div>`;
  }

  #foot(): unknown {
    const { turn } = this;
    const ended = !isOpen(turn);
    if (!turn.text && !turn.synthetic && (ended ? turn.error?.retryable && turn.workerId === undefined : this.newest)) {
      return nothing;
    }
    return html`<footer>
      ${ended && turn.workerId !== undefined
        ? html`<span class="by">${t("turn.by", { worker: this.workerName })}${turn.model ? html` · <span class="model">${turn.model}</span>` : nothing}</span>`
        : nothing}
      ${turn.synthetic ? html`<span class="badge" title=${t("workers.demo.detail")}>${t("turn.demo")}</span>` : nothing}
      <span class="actions">
        ${turn.text
          ? html`<button type="button" class="quiet" @click=${(event: Event) => copyText(turn.text, event)}>${icons.copy}${t("turn.copy")}</button>`
          : nothing}
        ${ended && !turn.error?.retryable
          ? html`<button type="button" class="quiet" @click=${() => this.#again(false)}>${icons.again}${t("turn.again")}</button>`
          : nothing}
        ${!ended && !this.newest
          ? html`<button type="button" class="quiet" @click=${() => this.emit("mtor-stop", { guid: turn.intent.guid })}>${icons.stop}${t("turn.stop")}</button>`
          : nothing}
      </span>
    </footer>`;
  }

  /** On demand: what tells it comes with the views. */
  #why(): unknown {
    const { turn, language } = this;
    return isOpen(turn) || turn.workerId === undefined
      ? nothing
      : html`<details class="why" @toggle=${() => this.emit("mtor-views", null)}>
          <summary>${t("turn.why")}</summary>
          <mtor-why .turn=${turn} language=${language}></mtor-why>
        </details>`;
  }

  #again(replace: boolean, queryType?: string): void {
    const guid = this.turn.intent.guid;
    this.emit("mtor-again", queryType === undefined ? { guid, replace } : { guid, replace, queryType });
  }
}
