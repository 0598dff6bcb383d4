// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { duration, size } from "../../core/format.ts";
import { currentLanguage, kindName, t } from "../../core/i18n.ts";
import { isKept, type Host } from "../../core/hosts.ts";
import type { Operations, Realm, Worker } from "../../core/protocol.ts";
import { v } from "../../core/view-words.ts";
import { number } from "../chart.ts";
import * as icons from "../icons.ts";

/** A table that is one row below the other on a narrow screen; the roles say that it is a table all the same. */
function table(title: string, columns: string[], rows: { key: string; cells: unknown[]; dim?: boolean }[], empty: string): TemplateResult {
  if (rows.length === 0) {
    return html`<p class="dim">${empty}</p>`;
  }
  return html`<table class="figures" role="table" aria-label=${title}>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ key, cells }) => html`<tr role="row" data-key=${key}>
          ${cells.map((cell, i) =>
            i === 0
              ? html`<th role="rowheader" scope="row">${cell}</th>`
              : html`<td role="cell"><span class="column" aria-hidden="true">${columns[i]}</span> <span>${cell}</span></td>`,
          )}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

const time = (millis: number | undefined): string => (millis === undefined ? "–" : duration(millis, currentLanguage()));

const memory = (used: number, most: number): string =>
  v("operate.memory.of", { used: size(used, currentLanguage()), most: size(most, currentLanguage()) });

/** The end of an id is chance; a few letters of it tell one from the other. */
const short = (id: string): TemplateResult => html`<span title=${id}>${id.replace(/^([a-z]+-[0-9a-f]{8})-[0-9a-f-]+$/, "$1")}</span>`;

export function workers(realm: Realm | undefined, hosts: readonly Host[], disabled: boolean, act: (worker: Worker) => void): TemplateResult {
  const rows = [...(realm?.workers ?? [])].sort((a, b) => a.name.localeCompare(b.name)).map((worker) => {
    const { worker_id, name, health, reason, slots, in_flight } = worker;
    const aside = health === "draining";
    const button = html`<button type="button" class="small" ?disabled=${disabled} @click=${() => act(worker)}>
      ${v(aside ? "operate.resume" : "operate.drain")}<span class="unseen"> ${worker_id}</span>
    </button>`;
    const who = html`<span class="name">${name}</span> <span class="dim id">${worker_id}</span>`;
    const state = html`<span class="state">${icons.health(health)}${t(`health.${health}`)}</span>
      ${reason ? html`<span class="dim reason">${reason}</span>` : nothing}`;
    return { key: worker_id, cells: [who, state, v("operate.load.of", { running: in_flight, slots }), isKept(worker, hosts) ? nothing : button] };
  });
  const columns = [v("operate.worker"), v("operate.state"), v("operate.load"), v("operate.action")];
  return table(t("workers.title"), columns, rows, realm === undefined ? t("workers.unknown") : t("workers.none.detail"));
}

export interface HostActs {
  approve(host: Host): void;
  revoke(host: Host): void;
  drain(host: Host): void;
}

export function hosts(known: readonly Host[], disabled: boolean, acts: HostActs): TemplateResult {
  const button = (key: "approve" | "revoke" | "drain", host: Host): TemplateResult =>
    html`<button type="button" class="small" ?disabled=${disabled} @click=${() => acts[key](host)}>
      ${key === "drain" ? v("operate.drain") : v(`hosts.${key}`)}<span class="unseen"> ${host.mark}</span>
    </button>`;
  const rows = known.map((host) => ({
    key: host.mark,
    cells: [
      html`<span class="name">${host.name ?? host.mark}</span> <span class="dim id">${host.mark}</span>`,
      v(`hosts.${host.state}`),
      host.trust === undefined ? "–" : v(`hosts.${host.trust}`),
      number(host.workers),
      host.gateway === undefined ? "–" : short(host.gateway),
      html`${host.state === "in" ? nothing : button("approve", host)} ${host.state === "revoked" ? nothing : button("revoke", host)}
      ${host.state === "in" ? button("drain", host) : nothing}`,
    ],
  }));
  const columns = [v("hosts.host"), v("operate.state"), v("hosts.trust"), t("workers.title"), v("hosts.gateway"), v("operate.action")];
  return table(v("hosts.title"), columns, rows, v("hosts.none"));
}

export function queues(lines: Operations["lines"]): TemplateResult {
  const columns = [v("operate.kind"), v("operate.waiting"), v("operate.oldest"), v("operate.placed")];
  const rows = lines.map(({ query_type, waiting, oldest_ms, placed_per_s }) => ({
    key: query_type,
    cells: [kindName(query_type), number(waiting), time(oldest_ms), number(placed_per_s)],
  }));
  return table(v("operate.queues"), columns, rows, v("operate.queues.none"));
}

export function dispatchers(states: Operations["dispatchers"]): TemplateResult {
  const columns = [v("operate.id"), v("operate.up"), v("operate.open"), v("operate.placed"), v("operate.memory")];
  const rows = states.map(({ dispatcher_id, up_ms, open, placed_per_s, heap_bytes, max_heap_bytes }) => ({
    key: dispatcher_id,
    cells: [short(dispatcher_id), time(up_ms), number(open), number(placed_per_s), memory(heap_bytes, max_heap_bytes)],
  }));
  return table(v("operate.dispatchers"), columns, rows, v("operate.dispatchers.none"));
}

export function gateways(states: Operations["gateways"]): TemplateResult {
  const columns = [v("operate.id"), v("operate.up"), v("operate.sessions"), v("operate.open"), v("operate.intents"), v("operate.memory")];
  const rows = states.map(({ gateway_id, up_ms, sessions, open, intents_per_s, heap_bytes, max_heap_bytes }) => ({
    key: gateway_id,
    cells: [short(gateway_id), time(up_ms), number(sessions), number(open), number(intents_per_s), memory(heap_bytes, max_heap_bytes)],
  }));
  return table(v("operate.gateways"), columns, rows, v("operate.gateways.none"));
}
