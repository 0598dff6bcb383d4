// SPDX-License-Identifier: GPL-3.0-only
// Where everything of the realm lies on its map, and which way the intents of this page take. Pure; one unit is one pixel.
//
//   this tab ── gateway ── dispatcher ─┐
//                                      ├─┬── host ──┬── host      hosts hang on rails, which end in one trunk
//                                      ├─┴── host ──┴── host
import type { Realm, Speed, Worker } from "./protocol.ts";
import { isOpen, type Turn } from "./turn.ts";

/** Below this width the way in lies above the hosts, and not beside them. */
export const NARROW = 640;
export const MAX_HOSTS = 12;
export const MAX_HOSTS_NARROW = 6;
/** Of one host; the others are counted. */
export const MAX_ROWS = 4;

const ROW = 24;
const HEAD = 32;
const GAP = 14;
const RAIL = 16;
const ELBOW = 10;
const MIN_CARD = 210;
const NODES = { tab: 52, gateway: 158, dispatcher: 264, hosts: 356 };
const MARGIN = 8;

/** How far the open intents of this page have come. */
export interface Way {
  /** The dispatcher has one, and looks for a worker. */
  seeking: boolean;
  /** Those of them that wait in line there. */
  queued: number;
  workers: ReadonlySet<string>;
}

export interface Point {
  x: number;
  y: number;
}

export interface Row {
  worker: Worker;
  y: number;
  lit: boolean;
}

export interface Card extends Point {
  /** Of the host; undefined for the card that counts the hosts for which there is no room. */
  name: string | undefined;
  width: number;
  height: number;
  rows: Row[];
  /** Workers that are not shown. */
  more: number;
  /** Hosts that are not shown. */
  moreHosts: number;
  lit: boolean;
}

export interface Line {
  path: string;
  lit: boolean;
}

export interface RealmMap {
  width: number;
  height: number;
  tab: Point;
  gateway: Point;
  dispatcher: Point;
  cards: Card[];
  lines: Line[];
}

/** Without a connection nothing is on its way. */
export function wayOf(turns: readonly Turn[], up: boolean): Way {
  const open = up ? turns.filter((turn) => isOpen(turn) && turn.phase !== "saving") : [];
  return {
    seeking: open.some(({ phase }) => phase === "open" || phase === "queued"),
    queued: open.filter(({ phase }) => phase === "queued").length,
    workers: new Set(open.flatMap(({ phase, workerId }) => (phase === "working" && workerId !== undefined ? [workerId] : []))),
  };
}

export interface Host {
  name: string;
  workers: Worker[];
}

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, undefined, { numeric: true });

const byId = (a: Worker, b: Worker): number => a.worker_id.localeCompare(b.worker_id, undefined, { numeric: true });

/** The workers by the host they are on, each in a lasting order. */
export function hostsOf(workers: readonly Worker[]): Host[] {
  const hosts = new Map<string, Worker[]>();
  for (const worker of workers) {
    hosts.set(worker.name, [...(hosts.get(worker.name) ?? []), worker]);
  }
  return [...hosts]
    .map(([name, all]) => ({ name, workers: all.sort((a, b) => byId(a, b)) }))
    .sort(byName);
}

/** Those that fit; one that works for this page is among them. */
function shown(hosts: Host[], way: Way, room: number): Host[] {
  if (hosts.length <= room) {
    return hosts;
  }
  const works = ({ workers }: Host): boolean => workers.some(({ worker_id }) => way.workers.has(worker_id));
  return [...hosts.filter(works), ...hosts.filter((host) => !works(host))].slice(0, room - 1).sort(byName);
}

function rowsOf({ workers }: Host, way: Way): Row[] {
  const lit = (worker: Worker): boolean => way.workers.has(worker.worker_id);
  const first = workers.length <= MAX_ROWS ? workers : [...workers.filter(lit), ...workers.filter((worker) => !lit(worker))].slice(0, MAX_ROWS);
  return first.map((worker, i) => ({ worker, y: HEAD + ROW * i + ROW / 2, lit: lit(worker) }));
}

function heightOf(rows: number, more: boolean): number {
  return HEAD + ROW * (rows + (more ? 1 : 0)) + 8;
}

/** The cards in rows and columns from the corner on; cards beside each other are equally high. */
function cardsOf(realm: Realm, way: Way, corner: Point, room: number, maxHosts: number): Card[] {
  const hosts = hostsOf(realm.workers);
  const visible = shown(hosts, way, maxHosts);
  const left = hosts.filter((host) => !visible.includes(host));
  const cards = visible.map((host): Card => {
    const rows = rowsOf(host, way);
    const more = host.workers.length - rows.length;
    return { x: 0, y: 0, width: 0, height: heightOf(rows.length, more > 0), name: host.name, rows, more, moreHosts: 0, lit: rows.some(({ lit }) => lit) };
  });
  if (left.length > 0) {
    const more = left.reduce((sum, { workers }) => sum + workers.length, 0);
    cards.push({ x: 0, y: 0, width: 0, height: heightOf(1, false), name: undefined, rows: [], more, moreHosts: left.length, lit: false });
  }
  const columns = Math.max(1, Math.min(cards.length, Math.floor((room + GAP) / (MIN_CARD + GAP))));
  const width = (room - GAP * (columns - 1)) / columns;
  let y = corner.y;
  for (let at = 0; at < cards.length; at += columns) {
    const line = cards.slice(at, at + columns);
    const height = Math.max(...line.map((card) => card.height));
    line.forEach((card, column) => Object.assign(card, { x: corner.x + column * (width + GAP), y, width, height }));
    y += height + RAIL + GAP;
  }
  return cards;
}

/** A line through these points, each beside or above the one before, with round corners. */
export function elbows(points: readonly Point[]): string {
  let path = "";
  points.forEach((point, i) => {
    const before = points[i - 1];
    const after = points[i + 1];
    if (before === undefined || after === undefined) {
      path += `${i === 0 ? "M" : "L"}${round(point)}`;
      return;
    }
    const into = towards(point, before);
    const out = towards(point, after);
    path += `L${round(into)}Q${round(point)} ${round(out)}`;
  });
  return path;
}

const round = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;

function towards(from: Point, to: Point): Point {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  const step = length === 0 ? 0 : Math.min(ELBOW, length / 2) / length;
  return { x: from.x + (to.x - from.x) * step, y: from.y + (to.y - from.y) * step };
}

export function layOut(realm: Realm, way: Way, width: number): RealmMap {
  const narrow = width < NARROW;
  const corner = narrow ? { x: 1, y: 128 } : { x: NODES.hosts, y: MARGIN };
  const room = narrow ? width - 30 : width - NODES.hosts - MARGIN;
  const cards = cardsOf(realm, way, corner, room, narrow ? MAX_HOSTS_NARROW : MAX_HOSTS);
  const bottom = Math.max(narrow ? corner.y : 200, ...cards.map((card) => card.y + card.height + RAIL + MARGIN));
  const y = narrow ? 40 : Math.min(bottom / 2, 150);
  const at = (wide: number, share: number): Point => ({ x: narrow ? width * share : wide, y });
  const [tab, gateway, dispatcher] = [at(NODES.tab, 0.15), at(NODES.gateway, 0.46), at(NODES.dispatcher, 0.77)];
  const on = way.seeking || way.workers.size > 0;
  const trunk = narrow ? width - 10 : NODES.hosts - 26;
  const lines: Line[] = [
    { path: elbows([tab, gateway]), lit: on },
    { path: elbows([gateway, dispatcher]), lit: on },
    ...cards.map((card): Line => {
      const rail = card.y + card.height + RAIL / 2;
      const foot = { x: card.x + (narrow ? card.width - 24 : 24), y: card.y + card.height };
      return { path: elbows([dispatcher, { x: trunk, y }, { x: trunk, y: rail }, { x: foot.x, y: rail }, foot]), lit: card.lit };
    }),
  ];
  // What is lit lies on top of what is not.
  lines.sort((a, b) => Number(a.lit) - Number(b.lit));
  return { width, height: bottom, tab, gateway, dispatcher, cards, lines };
}

/** As much of a name as fits into so many pixels of this size of type; wide scripts take twice the room. */
export function fit(text: string, pixels: number, perChar = 7): string {
  let used = 0;
  const chars = [...text];
  const end = chars.findIndex((char) => (used += (char.codePointAt(0) ?? 0) > 0x2e7f ? 2 * perChar : perChar) > pixels);
  return end < 0 ? text : `${chars.slice(0, Math.max(1, end - 1)).join("")}…`;
}

export const SORTS = ["name", "health", "serves", "load"] as const;
export type SortBy = (typeof SORTS)[number];

const HEALTHS = ["healthy", "degraded", "draining", "down"];
const load = ({ slots, in_flight }: Worker): number => (slots > 0 ? in_flight / slots : 1);

/** The workers as the table shows them; what is equal is by name. */
export function sorted(workers: readonly Worker[], by: SortBy, down: boolean): Worker[] {
  const kinds = ({ query_types }: Worker): string => query_types.map(({ query_type }) => query_type).join();
  const compare: Record<SortBy, (a: Worker, b: Worker) => number> = {
    name: () => 0,
    health: (a, b) => HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health),
    serves: (a, b) => kinds(a).localeCompare(kinds(b)),
    load: (a, b) => load(a) - load(b),
  };
  const tie = (a: Worker, b: Worker): number => byName(a, b) || byId(a, b);
  const order = by === "name" ? tie : compare[by];
  return [...workers].sort((a, b) => (down ? order(b, a) : order(a, b)) || tie(a, b));
}

/** What a host has measured of a worker for one kind of work; what makes no sense is left out. */
export function speedsOf({ speeds }: Worker, queryType: string): Speed[] {
  return (speeds ?? []).filter((each): each is Speed => {
    const { query_type, model, first_ms, whole_ms, tokens_per_second: tokens } = (each ?? {}) as Record<string, unknown>;
    const named = model === undefined || typeof model === "string";
    const counted = tokens === undefined || Number.isFinite(tokens);
    return query_type === queryType && named && counted && Number.isFinite(first_ms) && Number.isFinite(whole_ms);
  });
}
