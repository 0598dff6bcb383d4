// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { duration } from "../../core/format.ts";
import { currentLanguage, kindName, t } from "../../core/i18n.ts";
import type { Health, Realm, Speed, Worker } from "../../core/protocol.ts";
import { fit, hostsOf, layOut, SORTS, sorted, speedsOf, wayOf, type Card, type Point, type Row, type SortBy, type Way } from "../../core/realm-map.ts";
import type { State } from "../../core/state.ts";
import { v, vn } from "../../core/view-words.ts";
import * as icons from "../icons.ts";
import { Light } from "../light.ts";

/** The words at the end of a line of the map. */
const LOAD_CHAR_PX = 7;
const MAX_LOAD_PX = 84;
const HEALTHS: readonly Health[] = ["healthy", "degraded", "draining", "down"];
const WIDTH_AT_FIRST = 900;

/** The realm, live: a map, and everything that it shows as a table. */
export class MtorRealm extends Light {
  static override properties = {
    state: { attribute: false },
    language: {},
    width: { state: true },
    by: { state: true },
    down: { state: true },
  };
  declare state: State;
  declare language: string;
  declare width: number;
  declare by: SortBy;
  declare down: boolean;
  readonly #resized = new ResizeObserver(([entry]) => (this.width = Math.floor(entry?.contentRect.width ?? WIDTH_AT_FIRST)));

  constructor() {
    super();
    this.width = WIDTH_AT_FIRST;
    this.by = "name";
    this.down = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override updated(): void {
    const map = this.querySelector(".map");
    if (map !== null) {
      this.#resized.observe(map);
    }
  }

  override render(): TemplateResult {
    const { realm, link, turns } = this.state;
    const way = wayOf(turns, link.phase === "up");
    return html`<section aria-labelledby="view-title">
      <h2 id="view-title">${t("nav.realm")}</h2>
      ${realm === undefined ? html`<p class="dim">${t("workers.unknown")}</p>` : this.#realm(realm, way)}
    </section>`;
  }

  #realm(realm: Realm, way: Way): TemplateResult {
    return html`
      ${this.state.link.phase === "up" ? nothing : html`<p class="note">${v("realm.lost")}</p>`}
      <ul class="facts">
        ${this.#facts(realm).map((fact) => html`<li>${fact}</li>`)}
      </ul>
      <p class="way" role="status">${this.#wayWords(realm, way)}</p>
      <div class="map">${this.#map(realm, way)}</div>
      <ul class="legend" aria-label=${v("realm.legend")}>
        ${HEALTHS.map((health) => html`<li>${icons.health(health)}${t(`health.${health}`)}</li>`)}
      </ul>
      <h3 id="all-workers">${v("realm.table")}</h3>
      ${realm.workers.length === 0 ? html`<p class="note">${t("workers.none.detail")}</p>` : this.#table(realm, way)}
    `;
  }

  #facts({ workers, gateways, dispatchers, monitors, waiting }: Realm): string[] {
    const known = (count: number | undefined, words: (count: number) => string): string[] => (count === undefined ? [] : [words(count)]);
    return [
      `${vn("realm.workers", workers.length)} ${vn("realm.hosts", hostsOf(workers).length)}`,
      ...known(gateways, (count) => vn("realm.gateways", count)),
      ...known(dispatchers, (count) => vn("realm.dispatchers", count)),
      ...known(monitors, (count) => vn("realm.monitors", count)),
      ...known(waiting, (count) => vn("realm.waiting", count)),
    ];
  }

  #wayWords(realm: Realm, way: Way): string {
    const names = realm.workers.filter(({ worker_id }) => way.workers.has(worker_id)).map(({ name }) => name);
    const all = [
      ...(way.workers.size > 0 ? [v("realm.working", { names: names.length > 0 ? names.join(", ") : [...way.workers].join(", ") })] : []),
      ...(way.queued > 0 ? [vn("realm.queued", way.queued)] : way.seeking ? [v("realm.seeking")] : []),
    ];
    return all.length > 0 ? all.join(" ") : v("realm.resting");
  }

  /** Everything in it is in the words around it and in the table: for who does not see it, it is one picture. */
  #map(realm: Realm, way: Way): TemplateResult {
    const map = layOut(realm, way, this.width);
    const counts = HEALTHS.flatMap((health) => {
      const count = realm.workers.filter((worker) => worker.health === health).length;
      return count === 0 ? [] : [`${count} ${t(`health.${health}`)}`];
    });
    const words = `${v("realm.map")}: ${[...this.#facts(realm), ...counts].join(", ")}. ${this.#wayWords(realm, way)}`;
    const on = way.seeking || way.workers.size > 0;
    const gateways = realm.gateways ?? 1;
    const dispatchers = realm.dispatchers ?? 1;
    return html`<svg role="img" aria-label=${words} width=${map.width} height=${map.height} viewBox="0 0 ${map.width} ${map.height}">
      ${map.lines.map(({ path, lit }) => svg`<path class="line" d=${path}></path>${lit ? svg`<path class="lit" d=${path}></path>` : nothing}`)}
      ${this.#node(map.tab, "tab", on, svg`<rect x="-20" y="-14" width="40" height="28" rx="8"></rect><path d="M-20 -5h40"></path>`, v("realm.tab"), "")}
      ${this.#node(map.gateway, "gateway", on, svg`<path d="M-22 0 0 -18 22 0 0 18z"></path>`, vn("realm.gateways", gateways), "")}
      ${this.#node(
        map.dispatcher,
        `dispatcher ${way.seeking ? "seeking" : ""}`,
        on,
        svg`<circle r="19"></circle><path d="M-8 7V2a8 8 0 0 1 8-8h8"></path><circle class="dot" cx="5" cy="5" r="3"></circle>`,
        vn("realm.dispatchers", dispatchers),
        (realm.waiting ?? 0) > 0 ? vn("realm.waiting", realm.waiting ?? 0) : "",
      )}
      ${map.cards.map((card) => this.#card(card))}
    </svg>`;
  }

  #node({ x, y }: Point, kind: string, on: boolean, shape: TemplateResult, words: string, more: string): TemplateResult {
    return svg`<g class="node ${kind} ${on ? "on" : ""}" transform="translate(${x} ${y})">
      ${shape}
      <text y="38">${words}</text>
      ${more === "" ? nothing : svg`<text class="waits" y="55">${more}</text>`}
    </g>`;
  }

  #card(card: Card): TemplateResult {
    const { x, y, width, height, name, rows, more, moreHosts, lit } = card;
    const title = name ?? vn("realm.moreHosts", moreHosts);
    const rest = name === undefined ? vn("realm.workers", more) : vn("realm.more", more);
    return svg`<g class="host ${lit ? "on" : ""} ${name === undefined ? "rest" : ""}" transform="translate(${x} ${y})">
      <rect width=${width} height=${height} rx="14"></rect>
      <text class="name" x="14" y="22">${fit(title, width - 28, 7.6)}</text>
      ${rows.map((row) => this.#row(row, width))}
      ${more > 0 ? svg`<text class="more" x="14" y=${height - 14}>${rest}</text>` : nothing}
    </g>`;
  }

  #row({ worker, y, lit }: Row, width: number): TemplateResult {
    const { health, slots, in_flight: busy, query_types: types } = worker;
    const kinds = types.map(({ query_type }) => kindName(query_type)).join(", ");
    // How busy it is the bar shows, too; that something is amiss, only the word beside the shape.
    const words = fit(health === "healthy" ? `${busy}/${slots}` : t(`health.${health}`), MAX_LOAD_PX, LOAD_CHAR_PX);
    const end = width - (health === "down" ? 14 : 60);
    const full = slots > 0 ? Math.min(1, busy / slots) : 0;
    return svg`<g class="row ${health} ${lit ? "on" : ""}" transform="translate(0 ${y})">
      <g transform="translate(14 -6)">${icons.healthShape(health)}</g>
      <text x="34" y="4">${fit(kinds, end - 40 - words.length * LOAD_CHAR_PX)}</text>
      ${health === "down"
        ? nothing
        : svg`<rect class="room" x=${width - 54} y="-3" width="40" height="6" rx="3"></rect><rect class="busy" x=${width - 54} y="-3" width=${40 * full} height="6" rx="3"></rect>`}
      <text class="load" x=${end} y="4">${words}</text>
    </g>`;
  }

  #table({ workers }: Realm, way: Way): TemplateResult {
    return html`<div class="table" role="region" aria-labelledby="all-workers" tabindex="0">
      <table>
        <thead>
          <tr>
            ${SORTS.map((by) => {
              const order = by !== this.by ? "none" : this.down ? "descending" : "ascending";
              return html`<th scope="col" aria-sort=${order}>
                <button type="button" @click=${() => this.#sort(by)}>${v(`realm.${by}`)}<span class="order" aria-hidden="true"></span></button>
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${repeat(sorted(workers, this.by, this.down), ({ worker_id }) => worker_id, (worker) => this.#line(worker, way))}
        </tbody>
      </table>
    </div>`;
  }

  #line(worker: Worker, way: Way): TemplateResult {
    const { worker_id, name, health, reason, query_types, slots, in_flight, synthetic } = worker;
    return html`<tr>
      <th scope="row">
        <span class="who">${name}</span> <span class="dim id">${worker_id}</span>
        ${synthetic ? html`<span class="badge" title=${t("workers.demo.detail")}>${t("workers.demo")}</span>` : nothing}
        ${way.workers.has(worker_id) ? html`<span class="badge yours">${v("realm.yours")}</span>` : nothing}
      </th>
      <td><span class="how">${icons.health(health)}${t(`health.${health}`)}</span>${reason ? html`<span class="dim reason">${reason}</span>` : nothing}</td>
      <td>
        <ul>
          ${query_types.map(
            ({ query_type, models }) =>
              html`<li>
                ${kindName(query_type)} <span class="dim number">${models.length > 0 ? models.join(", ") : v("realm.anyModel")}</span>
                ${speedsOf(worker, query_type).map((speed) => html`<span class="dim number speed">${speedWords(speed)}</span>`)}
              </li>`,
          )}
        </ul>
      </td>
      <td class="number">${in_flight} / ${slots}</td>
    </tr>`;
  }

  #sort(by: SortBy): void {
    this.down = by === this.by && !this.down;
    this.by = by;
  }
}

/** What its host has measured. */
function speedWords({ model, first_ms, whole_ms, tokens_per_second: tokens }: Speed): string {
  const language = currentLanguage();
  const times = v("realm.speed", { first: duration(first_ms, language), whole: duration(whole_ms, language) });
  const rate = tokens === undefined ? "" : `, ${v("realm.tokens", { tokens: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(tokens) })}`;
  return `${model === undefined ? "" : `${model}: `}${times}${rate}`;
}
