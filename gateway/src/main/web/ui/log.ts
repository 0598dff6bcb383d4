// SPDX-License-Identifier: GPL-3.0-only
import { html, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../core/i18n.ts";
import type { Realm } from "../core/protocol.ts";
import { turnOf } from "../core/route.ts";
import type { Turn } from "../core/turn.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";

/** So near to the end the reader wants to follow the answer. */
const FOLLOW_PX = 96;

/** The conversation, or what to do when there is none. */
export class MtorLog extends Light {
  static override properties = {
    turns: { attribute: false },
    kinds: { attribute: false },
    realm: { attribute: false },
    up: { type: Boolean },
    language: {},
  };
  declare turns: readonly Turn[];
  declare kinds: readonly string[];
  declare realm: Realm | undefined;
  declare up: boolean;
  declare language: string;
  #follow = true;
  #top = 0;
  /** The answer that the address names, until it has been gone to. */
  #wanted: string | undefined;
  readonly #grown = new ResizeObserver(() => this.#keepUp());

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const look = (): void => {
      this.#wanted = turnOf(location.hash);
      this.#go();
    };
    addEventListener("hashchange", look);
    look();
  }

  /** Only who scrolls back stops following: a picture that has just been drawn has moved the end away by itself. */
  #scrolled(): void {
    const nearEnd = this.scrollHeight - this.scrollTop - this.clientHeight < FOLLOW_PX;
    this.#follow = nearEnd || (this.#follow && this.scrollTop >= this.#top);
    this.#top = this.scrollTop;
  }

  override firstUpdated(): void {
    const inner = this.querySelector(".turns");
    if (inner) {
      this.#grown.observe(inner);
    }
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get("turns");
    if (before !== undefined && before.at(-1)?.intent.guid !== this.turns.at(-1)?.intent.guid) {
      this.#follow = true;
    }
    this.#keepUp();
  }

  /** Goes to the answer that is wanted as soon as it is to be seen: the page may come from another view, or from a reload. */
  #go(): void {
    const answer = this.#wanted === undefined ? null : this.querySelector<HTMLElement>(`#turn-${this.#wanted}`);
    if (answer === null || answer.clientHeight === 0) {
      return;
    }
    this.#wanted = undefined;
    this.#follow = false;
    answer.scrollIntoView({ block: "start" });
    answer.focus({ preventScroll: true });
  }

  #keepUp(): void {
    this.#go();
    if (this.#follow && this.turns.length > 0) {
      this.scrollTop = this.scrollHeight;
    }
  }

  override render(): TemplateResult {
    const names = new Map(this.realm?.workers.map(({ worker_id, name }) => [worker_id, name]));
    return html`<section class="turns" aria-label=${t("log.label")}>
      ${this.turns.length === 0 ? this.#first() : html`<h2 class="unseen">${t("log.label")}</h2>`}
      ${repeat(
        this.turns,
        ({ intent }) => intent.guid,
        (turn, index) => html`<mtor-answer
          id="turn-${turn.intent.guid}"
          tabindex="-1"
          .turn=${turn}
          .kinds=${this.kinds}
          .workerName=${names.get(turn.workerId ?? "") ?? turn.workerId ?? ""}
          ?up=${this.up}
          ?newest=${index === this.turns.length - 1}
          language=${this.language}
        ></mtor-answer>`,
      )}
    </section>`;
  }

  #first(): TemplateResult {
    const none = this.realm?.workers.length === 0;
    return html`<div class="first">
      <div class="orb">${icons.mark}</div>
      <h2>${t("first.title")}</h2>
      <p>${t("first.detail")}</p>
      ${none ? html`<p class="note">${icons.health("degraded")}${t("workers.none.detail")}</p>` : ""}
      <p class="dim" id="examples">${t("first.examples")}</p>
      <ul aria-labelledby="examples">
        ${([1, 2, 3] as const).map((number) => {
          const text = t(`example.${number}`);
          return html`<li><button type="button" class="example" @click=${() => this.emit("mtor-example", { text })}>${text}</button></li>`;
        })}
      </ul>
    </div>`;
  }
}
