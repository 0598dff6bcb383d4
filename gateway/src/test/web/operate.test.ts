// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { ceiling, keep, lines, rows, SPAN_MILLIS, summary } from "../../main/web/core/chart.ts";
import { isKept, readHosts } from "../../main/web/core/hosts.ts";
import { onlyBy } from "../../main/web/core/operate.ts";
import { decode, type Operations, type Realm, type Worker } from "../../main/web/core/protocol.ts";
import { initial, step, type Effect } from "../../main/web/core/state.ts";
import { Machine } from "./samples.ts";

const transmitted = (effects: Effect[]): Record<string, unknown>[] =>
  effects.flatMap((effect) => (effect.kind === "transmit" ? [effect.message as unknown as Record<string, unknown>] : []));

const WELCOME = { type: "welcome", session: "s", user_id: "u" } as const;

const figures = (waiting: number, placed_per_s?: number): Operations => ({
  type: "operations",
  lines: [{ query_type: "chat", waiting, ...(placed_per_s === undefined ? {} : { placed_per_s }) }],
  dispatchers: [{ dispatcher_id: "d", up_ms: 1, open: 0, ...(placed_per_s === undefined ? {} : { placed_per_s }), heap_bytes: 1, max_heap_bytes: 2 }],
  gateways: [{ gateway_id: "g", up_ms: 1, sessions: 3, open: 2, heap_bytes: 1, max_heap_bytes: 2 }],
});

function signedIn(): Machine {
  const machine = new Machine().up();
  machine.do({ kind: "sign-in", token: "the token" });
  return machine.hear({ ...WELCOME, role: "admin" });
}

Deno.test("should show the token when somebody signs in, and watch once it is believed", () => {
  const machine = new Machine().up();
  machine.take();
  machine.do({ kind: "sign-in", token: "the token" });
  assert.deepEqual(transmitted(machine.take()).map(({ type, token }) => [type, token]), [["hello", "the token"]]);
  assert.equal(machine.state.operating.admin, false);
  machine.hear({ ...WELCOME, role: "admin" });
  assert.deepEqual(transmitted(machine.take()), [{ type: "watch", topic: "admin", on: true }]);
  assert.equal(machine.state.operating.admin, true);
});

Deno.test("should show the token again on every connection", () => {
  const machine = signedIn().down();
  machine.take();
  machine.up();
  assert.equal(transmitted(machine.take())[0]?.["token"], "the token");
});

Deno.test("should show the token of this tab with the first greeting, and nobody's without one", () => {
  const up = { kind: "link", link: { phase: "up" }, now: 0 } as const;
  assert.equal(transmitted(step(initial("u", "kept"), up).effects)[0]?.["token"], "kept");
  assert.ok(!("token" in (transmitted(step(initial("u"), up).effects)[0] ?? {})));
});

Deno.test("should not show a wrong token twice", () => {
  const machine = new Machine().up();
  machine.do({ kind: "sign-in", token: "no" });
  machine.hear({ type: "error", code: "unauthorized", message: "the token is wrong" }, WELCOME);
  assert.equal(machine.state.operating.wrong, true);
  assert.equal(machine.state.operating.token, undefined);
  machine.do({ kind: "sign-in", token: "better" });
  assert.equal(machine.state.operating.wrong, false);
});

Deno.test("should forget everything of an operator who signs out, what is still on its way too", () => {
  const machine = signedIn().hear(figures(4));
  machine.take();
  machine.do({ kind: "sign-out" });
  assert.ok(!("token" in (transmitted(machine.take())[0] ?? {})));
  machine.hear(figures(5));
  assert.equal(machine.state.operating.admin, false);
  assert.equal(machine.state.operating.latest, undefined);
  assert.deepEqual(machine.state.operating.history, []);
});

Deno.test("should hear no figures without the role", () => {
  const machine = new Machine().up().hear(WELCOME, figures(4));
  assert.equal(machine.state.operating.latest, undefined);
});

Deno.test("should say what an operator does in the protocol's words", () => {
  const machine = signedIn();
  machine.take();
  machine.do({ kind: "drain", workerId: "w" });
  machine.do({ kind: "take-back", workerId: "w" });
  machine.do({ kind: "rule", action: "revoke", host: "uaq4y7uyx26o" });
  machine.do({ kind: "tell", words: "Noon." });
  assert.deepEqual(transmitted(machine.take()), [
    { type: "admin", action: "drain", worker_id: "w" },
    { type: "admin", action: "resume", worker_id: "w" },
    { type: "admin", action: "revoke", host: "uaq4y7uyx26o" },
    { type: "admin", action: "notice", message: "Noon." },
  ]);
});

Deno.test("should keep what could not be done until something else is", () => {
  const machine = signedIn().hear({ type: "error", code: "unavailable", message: "w: it is gone" });
  assert.equal(machine.state.operating.trouble, "w: it is gone");
  machine.do({ kind: "drain", workerId: "v" });
  assert.equal(machine.state.operating.trouble, undefined);
});

Deno.test("should read figures of which some are missing or no figures", () => {
  const read = decode(
    '{"type":"operations","lines":[{"query_type":"chat","waiting":"many","oldest_ms":null},{"waiting":1},7],"dispatchers":[],"gateways":[]}',
  );
  assert.deepEqual(read, { type: "operations", lines: [{ query_type: "chat", waiting: 0 }], dispatchers: [], gateways: [] } as Operations);
  assert.equal(decode('{"type":"operations","lines":[]}'), undefined);
});

Deno.test("should know what nobody else does", () => {
  const worker = (worker_id: string, health: Worker["health"], ...types: string[]): Worker => ({
    worker_id,
    name: worker_id,
    health,
    query_types: types.map((query_type) => ({ query_type, models: [] })),
    slots: 1,
    in_flight: 0,
    synthetic: false,
  });
  const a = worker("a", "healthy", "chat", "vision", "speak");
  const realm: Realm = { type: "realm", revision: 1, workers: [a, worker("b", "healthy", "chat"), worker("c", "draining", "vision")] };
  assert.deepEqual(onlyBy(realm, a), ["vision", "speak"]);
});

Deno.test("should read hosts as far as they can be read", () => {
  const read = decode(
    JSON.stringify({
      ...figures(1),
      hosts: [
        { mark: "uaq4y7uyx26o", name: "attic", trust: "own", state: "in", workers: 2, gateway_id: "g" },
        { mark: "aaaabbbbcccc", name: 7, trust: "king", state: "revoked", workers: "many" },
        { mark: "x", state: "asleep" },
        { state: "in" },
        null,
        7,
      ],
    }),
  ) as Operations;
  assert.deepEqual(readHosts(read), [
    { mark: "uaq4y7uyx26o", name: "attic", trust: "own", state: "in", workers: 2, gateway: "g" },
    { mark: "aaaabbbbcccc", name: undefined, trust: undefined, state: "revoked", workers: 0, gateway: undefined },
  ]);
  assert.deepEqual(readHosts({}), []);
  assert.deepEqual(readHosts({ hosts: "none" }), []);
});

Deno.test("should know the workers of a host that is kept from new work", () => {
  const worker = (worker_id: string): Worker =>
    ({ worker_id, name: worker_id, health: "draining", query_types: [], slots: 1, in_flight: 0, synthetic: false });
  const kept = ["in", "drained", "caught"].map((state) =>
    ["attic-uaq4y7uyx26o.a", "uaq4y7uyx26o.c"].map((id) => isKept(worker(id), readHosts({ hosts: [{ mark: "uaq4y7uyx26o", state }] }))),
  );
  assert.deepEqual(kept, [[false, false], [true, false], [true, false]]);
});

Deno.test("should keep five minutes", () => {
  let samples: readonly { at: number }[] = [];
  for (let at = 0; at <= SPAN_MILLIS + 10_000; at += 1_000) {
    samples = keep(samples, { at });
  }
  assert.equal(samples.length, SPAN_MILLIS / 1_000);
  assert.equal(samples[0]?.at, 11_000);
  assert.deepEqual(keep(samples, { at: 10 * SPAN_MILLIS }), [{ at: 10 * SPAN_MILLIS }]);
});

Deno.test("should end the scale at a round number", () => {
  assert.deepEqual([[], [0], [1], [1.1], [3], [7], [10], [11], [4_200]].map(ceiling), [1, 1, 1, 2, 5, 10, 10, 20, 5_000]);
});

Deno.test("should draw a line that ends now, with gaps where nothing is known", () => {
  const at = (seconds: number, value?: number): { at: number; value: number | undefined } => ({ at: seconds * 1_000, value });
  const samples = [at(0, 0), at(1, 10), at(2), at(3, 5), at(60, 5), at(150, 10)];
  assert.deepEqual(lines(samples, ({ value }) => value, 300, 100), ["150,100 151,0", "153,50 153,50", "210,50 210,50", "300,0 300,0"]);
});

Deno.test("should say the same in words and rows", () => {
  assert.deepEqual(summary([4, 1, 7]), { last: 7, least: 1, most: 7, mean: 4 });
  assert.equal(summary([]), undefined);
  const samples = Array.from({ length: 61 }, (_, i) => ({ at: i * 1_000 }));
  assert.deepEqual(rows(samples, 30_000).map(({ at }) => at), [60_000, 30_000, 0]);
});
