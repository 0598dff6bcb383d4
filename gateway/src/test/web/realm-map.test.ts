// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import type { Health, Realm, Worker } from "../../main/web/core/protocol.ts";
import { elbows, fit, hostsOf, layOut, MAX_HOSTS, MAX_HOSTS_NARROW, MAX_ROWS, sorted, speedsOf, wayOf, type RealmMap, type Way } from "../../main/web/core/realm-map.ts";
import { freshTurn, type Phase, type Turn } from "../../main/web/core/turn.ts";
import { intent } from "./samples.ts";

function worker(name: string, id: string, with_: Partial<Worker> = {}): Worker {
  return { worker_id: id, name, health: "healthy", query_types: [{ query_type: "chat", models: [] }], slots: 4, in_flight: 0, synthetic: false, ...with_ };
}

const realm = (workers: Worker[]): Realm => ({ type: "realm", revision: 1, workers, gateways: 1, dispatchers: 1 });
const many = (count: number, perHost: number): Worker[] => Array.from({ length: count }, (_, i) => worker(`host-${Math.floor(i / perHost)}`, `w-${i}`));
const REST: Way = { seeking: false, queued: 0, workers: new Set() };
const working = (...ids: string[]): Way => ({ ...REST, workers: new Set(ids) });
const turn = (guid: string, phase: Phase, workerId?: string): Turn => ({ ...freshTurn(intent(guid)), phase, ...(workerId === undefined ? {} : { workerId }) });

function countOf(map: RealmMap): number {
  return map.cards.reduce((sum, { rows, more }) => sum + rows.length + more, 0);
}

Deno.test("should follow the open intents of this page as far as they are", () => {
  const turns = [turn("a", "done", "w-9"), turn("b", "queued"), turn("c", "working", "w-1"), turn("d", "saving"), turn("e", "failed", "w-8")];
  const way = wayOf(turns, true);
  assert.equal(way.seeking, true);
  assert.equal(way.queued, 1);
  assert.deepEqual([...way.workers], ["w-1"]);
  assert.deepEqual(wayOf([turn("c", "working", "w-1")], true).seeking, false);
  assert.equal(wayOf(turns, false).workers.size + Number(wayOf(turns, false).seeking), 0);
});

Deno.test("should group workers by their host, in an order that lasts", () => {
  const hosts = hostsOf([worker("b-10", "x.2"), worker("b-9", "y"), worker("b-10", "x.1")]);
  assert.deepEqual(hosts.map(({ name, workers }) => [name, workers.map(({ worker_id }) => worker_id)]), [["b-9", ["y"]], ["b-10", ["x.1", "x.2"]]]);
});

Deno.test("should lose no worker, whatever there is and however wide the window is", () => {
  for (const count of [0, 1, 5, 13, 47, 200]) {
    for (const perHost of [1, 3, 4, 50, 200]) {
      for (const width of [280, 320, 639, 640, 820, 1100]) {
        const map = layOut(realm(many(count, perHost)), REST, width);
        assert.equal(countOf(map), count, `${count} of ${perHost} at ${width}`);
        assert.ok(map.cards.length <= (width < 640 ? MAX_HOSTS_NARROW : MAX_HOSTS));
        assert.ok(map.cards.every(({ rows }) => rows.length <= MAX_ROWS));
      }
    }
  }
});

Deno.test("should put nothing outside of the map, and no host on another", () => {
  for (const width of [280, 390, 640, 900, 1100]) {
    const map = layOut(realm(many(200, 7)), working("w-150"), width);
    for (const [i, a] of map.cards.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height < map.height, `host ${i} at ${width}`);
      assert.ok(a.rows.every(({ y }) => y < a.height));
      for (const b of map.cards.slice(i + 1)) {
        assert.ok(a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y, `hosts on each other at ${width}`);
      }
    }
  }
});

Deno.test("should light the whole way to a worker, and show it even where there is no room for all", () => {
  const map = layOut(realm(many(200, 4)), working("w-199"), 900);
  const lit = map.cards.filter((card) => card.lit);
  assert.deepEqual(lit.map(({ name, rows }) => [name, rows.filter((row) => row.lit).map(({ worker }) => worker.worker_id)]), [["host-49", ["w-199"]]]);
  assert.equal(map.lines.filter((line) => line.lit).length, 3);
  assert.ok(map.lines.slice(-3).every((line) => line.lit), "what is lit lies on top");
  const crowded = layOut(realm(many(60, 60)), working("w-59"), 900);
  assert.equal(crowded.cards[0]?.rows.filter((row) => row.lit).length, 1);
});

Deno.test("should light the way to the dispatcher only, while it looks for a worker", () => {
  const map = layOut(realm(many(3, 1)), { ...REST, seeking: true }, 900);
  assert.equal(map.lines.filter((line) => line.lit).length, 2);
  assert.equal(layOut(realm(many(3, 1)), REST, 900).lines.filter((line) => line.lit).length, 0);
});

Deno.test("should bend lines around corners", () => {
  assert.equal(elbows([{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 40, y: 50 }]), "M0 0L30 0Q40 0 40 10L40 50");
  assert.equal(elbows([{ x: 0, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 4 }]), "M0 0L0 0Q0 0 0 2L0 4");
});

Deno.test("should cut a name that is too long, and one of wide letters sooner", () => {
  assert.equal(fit("atlas", 70), "atlas");
  assert.equal(fit("a-very-long-name-of-a-host", 70), "a-very-lo…");
  assert.equal(fit("工作工作工作工作", 70), "工作工作…");
  assert.equal(fit("atlas", 0), "a…");
});

Deno.test("should sort the table by each of its columns, both ways", () => {
  const health = (name: string, health: Health, in_flight: number): Worker => worker(name, name, { health, in_flight });
  const workers = [health("b-10", "down", 4), health("b-9", "healthy", 1), health("a", "degraded", 2)];
  const names = (all: Worker[]): string[] => all.map(({ name }) => name);
  assert.deepEqual(names(sorted(workers, "name", false)), ["a", "b-9", "b-10"]);
  assert.deepEqual(names(sorted(workers, "name", true)), ["b-10", "b-9", "a"]);
  assert.deepEqual(names(sorted(workers, "health", false)), ["b-9", "a", "b-10"]);
  assert.deepEqual(names(sorted(workers, "load", true)), ["b-10", "a", "b-9"]);
  assert.deepEqual(names(sorted(workers, "serves", false)), ["a", "b-9", "b-10"], "what is equal is by name");
  assert.deepEqual(names(workers), ["b-10", "b-9", "a"], "the realm's own order is left alone");
});

Deno.test("should tell what a host has measured for one kind of work", () => {
  const speeds = [
    { query_type: "chat", model: "m", first_ms: 80, whole_ms: 900, tokens_per_second: 41.5 },
    { query_type: "speak", first_ms: 650, whole_ms: 650 },
  ];
  assert.deepEqual(speedsOf(worker("w", "w", { speeds }), "speak"), [speeds[1]]);
  const odd = [null, 7, {}, { query_type: "speak", first_ms: "soon", whole_ms: 1 }, { query_type: "speak", first_ms: 1, whole_ms: 1, model: 7 }];
  assert.deepEqual(speedsOf(worker("w", "w", { speeds: [...odd, ...speeds] }), "speak"), [speeds[1]]);
  assert.deepEqual(speedsOf(worker("w", "w"), "speak"), []);
});
