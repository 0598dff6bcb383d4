// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import type { Realm, ServerMessage, Worker } from "../../main/web/core/protocol.ts";
import { freshTurn } from "../../main/web/core/turn.ts";
import { MAX_ATTEMPTS, MAX_CANDIDATES, tell, type Told } from "../../main/web/core/why.ts";
import { accepted, chunk, intent, Machine, result } from "./samples.ts";

function worker(id: string, with_: Partial<Worker> = {}): Worker {
  return { worker_id: id, name: `host of ${id}`, health: "healthy", query_types: [{ query_type: "chat", models: ["m"] }], slots: 2, in_flight: 0, synthetic: false, ...with_ };
}

const realm = (...workers: Worker[]): Realm => ({ type: "realm", revision: 1, workers });
const told = (machine: Machine): Told[] => tell(machine.turn("a"));
const what = (machine: Machine): string[] => told(machine).map((each) => each.what);
const by = (worker_id: string, attempt: number): ServerMessage => ({ type: "accepted", guid: "a", worker_id, attempt });
const timed = (queue_ms: number): ServerMessage => ({ type: "result", guid: "a", worker_id: "w-1", result_text: "", timing: { queue_ms } });

Deno.test("should tell how the realm looked when the worker accepted, not how it looks now", () => {
  const machine = new Machine().up();
  machine.hear(realm(worker("w-1", { in_flight: 1 }), worker("w-2", { in_flight: 2 }), worker("w-3", { health: "degraded" }), worker("w-4", { query_types: [] })));
  machine.send("a").hear(accepted("a"), realm(worker("w-1")), timed(0.2));
  assert.deepEqual(told(machine), [
    { what: "asked", queryType: "chat" },
    { what: "others", serving: 3, healthy: 2, free: 1 },
    {
      what: "candidates",
      candidates: [
        { name: "host of w-1", health: "healthy", slots: 2, inFlight: 1, models: ["m"] },
        { name: "host of w-2", health: "healthy", slots: 2, inFlight: 2, models: ["m"] },
        { name: "host of w-3", health: "degraded", slots: 2, inFlight: 0, models: ["m"] },
      ],
      more: 0,
    },
    { what: "chosen", health: "healthy", slots: 2, inFlight: 1 },
    { what: "at-once" },
    { what: "rule" },
  ]);
});

Deno.test("should keep a few of many candidates, the chosen one first", () => {
  const crowd = Array.from({ length: 50 }, (_, i) => worker(`w-${49 - i}`));
  const machine = new Machine().up().hear(realm(...crowd)).send("a").hear(accepted("a"), timed(0));
  const all = told(machine).find((each) => each.what === "candidates");
  assert.ok(all?.what === "candidates");
  assert.equal(all.candidates.length, MAX_CANDIDATES);
  assert.equal(all.candidates[0]?.name, "host of w-1");
  assert.equal(all.more, 50 - MAX_CANDIDATES);
});

Deno.test("should say that nobody else could, and what auto was understood as", () => {
  const machine = new Machine().up().hear(realm(worker("w-1"), worker("w-2", { query_types: [{ query_type: "imagine", models: [] }] })));
  machine.send("a", { query_type: "auto" }).hear({ type: "ack", guid: "a", query_type: "chat" }, accepted("a"), timed(250));
  assert.deepEqual(what(machine), ["asked", "only", "chosen", "waited", "rule"]);
  assert.deepEqual(told(machine)[0], { what: "asked", queryType: "chat" });
  assert.deepEqual(told(machine)[3], { what: "waited", millis: 250, from: 0 });
});

Deno.test("should tell the first place in line and the time that it took", () => {
  const machine = new Machine().up().hear(realm(worker("w-1"))).send("a");
  machine.hear({ type: "queued", guid: "a" }, { type: "queued", guid: "a", position: 3 }, { type: "queued", guid: "a", position: 1 }, accepted("a"));
  assert.deepEqual(machine.turn("a").why?.places, [3, 1]);
  assert.deepEqual(told(machine).find((each) => each.what === "waited"), { what: "waited", millis: undefined, from: 3 });
  machine.hear(timed(4_000));
  assert.deepEqual(told(machine).find((each) => each.what === "waited"), { what: "waited", millis: 4_000, from: 3 });
});

Deno.test("should tell who had it before, and why it did not end there, in either order of the messages", () => {
  for (const late of [false, true]) {
    const machine = new Machine().up().hear(realm(worker("w-1"), worker("w-2"))).send("a").hear(by("w-1", 1), chunk("a", 0, "x"));
    const restart: ServerMessage = { type: "restart", guid: "a", attempt: 2, reason: "worker-lost" };
    machine.hear(...(late ? [by("w-2", 2), restart] : [restart, by("w-2", 2)]), result("a"));
    assert.deepEqual(told(machine)[1], { what: "failed", attempt: 1, workerId: "w-1", reason: "worker-lost" }, `late ${late}`);
  }
});

Deno.test("should not guess why an attempt did not end, nor how a worker compared that it had not heard of", () => {
  const machine = new Machine().up().send("a").hear(by("w-1", 1), by("w-2", 3), result("a"));
  assert.deepEqual(told(machine).slice(1, 3), [{ what: "failed", attempt: 1, workerId: "w-1", reason: undefined }, { what: "unseen" }]);
});

Deno.test("should note nothing twice after a lost connection, and keep only so many attempts", () => {
  const machine = new Machine().up().hear(realm(worker("w-1"))).send("a").hear(accepted("a")).down().up();
  machine.hear(realm(worker("w-1", { health: "degraded" })), accepted("a"));
  assert.equal(machine.turn("a").why?.attempts.length, 1);
  assert.equal(machine.turn("a").why?.attempts[0]?.seen?.chosen?.health, "healthy");
  for (let attempt = 2; attempt < 30; attempt++) {
    machine.hear(by(`w-${attempt}`, attempt));
  }
  assert.equal(machine.turn("a").why?.attempts.length, MAX_ATTEMPTS);
});

Deno.test("should tell nothing of what no worker had, or nobody noted", () => {
  assert.deepEqual(tell(freshTurn(intent("a"))), []);
  assert.deepEqual(tell({ ...freshTurn(intent("a")), workerId: "w-1", phase: "done" }), []);
});
