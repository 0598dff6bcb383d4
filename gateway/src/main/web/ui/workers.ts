// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { kindName, t, tn } from "../core/i18n.ts";
import type { Realm, Worker } from "../core/protocol.ts";
import { Light } from "./light.ts";
import * as icons from "./icons.ts";

/** More slots than this are a number and no row of dots. */
const MAX_DOTS = 16;

/** Who is in the realm, live. */
export class MtorWorkers extends Light {
  static override properties = { realm: { attribute: false }, stale: { type: Boolean }, language: {} };
  declare realm: Realm | undefined;
  declare stale: boolean;
  declare language: string;

  override render(): TemplateResult {
    return html`<section aria-labelledby="workers-title">
      <h2 id="workers-title">${t("workers.title")}</h2>
      ${this.stale && this.realm ? html`<p class="dim">${t("workers.stale")}</p>` : nothing}
      ${this.#waiting()} ${this.#list()}
    </section>`;
  }

  #waiting(): unknown {
    const waiting = this.realm?.waiting ?? 0;
    return waiting > 0 ? html`<p class="waiting">${tn("workers.waiting", waiting)}</p>` : nothing;
  }

  #list(): TemplateResult {
    if (this.realm === undefined) {
      return html`<p class="dim">${t("workers.unknown")}</p>`;
    }
    if (this.realm.workers.length === 0) {
      return html`<p class="dim">${t("workers.none.detail")}</p>`;
    }
    const workers = [...this.realm.workers].sort((a, b) => a.name.localeCompare(b.name));
    return html`<ul>${repeat(workers, ({ worker_id }) => worker_id, (worker) => this.#worker(worker))}</ul>`;
  }

  #worker(worker: Worker): TemplateResult {
    return html`<li class="worker ${worker.health}">
      <div class="who">
        <strong>${worker.name}</strong> ${this.#server(worker)}
        ${worker.synthetic ? html`<span class="badge" title=${t("workers.demo.detail")}>${t("workers.demo")}</span>` : nothing}
        <span class="state">${icons.health(worker.health)}${t(`health.${worker.health}`)}</span>
      </div>
      ${worker.reason ? html`<p class="dim reason">${worker.reason}</p>` : nothing}
      ${worker.health === "down" ? nothing : html`<div class="load">${this.#load(worker)}</div>`}
      <ul class="serves">
        ${worker.query_types.map(
          ({ query_type, models }) =>
            html`<li><span class="type">${kindName(query_type)}</span>${models.length > 0 ? html`<span class="models">${models.join(", ")}</span>` : nothing}</li>`,
        )}
      </ul>
    </li>`;
  }

  /** Several workers of one host have one name; the end of their id tells them apart. */
  #server({ worker_id, synthetic }: Worker): unknown {
    const dot = worker_id.indexOf(".");
    return synthetic || dot < 0 ? nothing : html`<span class="dim server">${worker_id.slice(dot + 1)}</span>`;
  }

  #load({ health, slots, in_flight }: Worker): TemplateResult {
    if (health === "draining") {
      return html`<span class="number">${tn("workers.running", in_flight)}</span>`;
    }
    const free = Math.max(0, slots - in_flight);
    const dots = slots <= MAX_DOTS ? Array.from({ length: slots }, (_, i) => html`<i class=${i < in_flight ? "used" : ""}></i>`) : nothing;
    return html`<span class="dots" aria-hidden="true">${dots}</span>
      <span class="number">${free === 0 ? t("workers.busy", { slots }) : t("workers.slots", { free, slots })}</span>`;
  }
}
