// SPDX-License-Identifier: GPL-3.0-only
// The page without its elements: state, connection and store together, over a scripted socket.
import * as assert from "./assert.ts";
import { Link, MAX_RETRY_MILLIS } from "../../main/web/core/link.ts";
import type { Work } from "../../main/web/core/protocol.ts";
import { Runner } from "../../main/web/core/runner.ts";
import { initial } from "../../main/web/core/state.ts";
import { MemoryStore, tooMuch } from "../../main/web/core/store.ts";
import { MAX_INCOMING_BYTES, Streams } from "../../main/web/core/streams.ts";
import { freshTurn } from "../../main/web/core/turn.ts";
import { FakeEdges, intent, png } from "./samples.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function setUp(store = new MemoryStore(), edges = new FakeEdges()) {
  const sayings: string[] = [];
  let notKept = 0;
  const watcher = { changed: () => {}, say: (saying: { what: string }) => sayings.push(saying.what), notKept: () => notKept++ };
  const runner = new Runner(initial("u-1"), store, watcher, () => edges.now());
  await runner.start(new Link("ws://here/ws", edges, runner));
  return { edges, store, runner, sayings, notKept: () => notKept };
}

Deno.test("should lose no chunk and double none over fifty lost connections", async () => {
  const { edges, store, runner } = await setUp();
  edges.socket.open();
  runner.dispatch({ kind: "send", intent: intent("a") });
  await settled();
  edges.socket.hear({ type: "accepted", guid: "a", worker_id: "w-1", attempt: 1 });
  const all = Array.from({ length: 500 }, (_, seq) => ({ type: "chunk", guid: "a", seq, text: `${seq} ` }));
  let at = 0;
  for (let i = 0; i < 50; i++) {
    all.slice(at, at + 10).forEach((chunk) => edges.socket.hear(chunk));
    edges.socket.lose();
    edges.pass(MAX_RETRY_MILLIS);
    edges.socket.open();
    const hello = edges.socket.ofType("hello")[0] as { have: Record<string, { seq: number }> };
    assert.equal(edges.socket.ofType("work").length, 1);
    // A gateway may repeat a little; it never goes on later than asked.
    at = (hello.have["a"]?.seq ?? -1) + 1;
    all.slice(Math.max(0, at - 3), at).forEach((chunk) => edges.socket.hear(chunk));
  }
  all.slice(at).forEach((chunk) => edges.socket.hear(chunk));
  edges.socket.hear({ type: "result", guid: "a", worker_id: "w-1", result_text: "" });
  await settled();
  assert.equal(runner.state.turns[0]?.text, all.map(({ text }) => text).join(""));
  assert.equal(store.outbox.size, 0);
});

Deno.test("should finish an answer after a reload", async () => {
  const first = await setUp();
  first.edges.socket.open();
  first.runner.dispatch({ kind: "send", intent: intent("a") });
  await settled();
  first.edges.socket.hear({ type: "accepted", guid: "a", worker_id: "w-1", attempt: 1 });
  first.edges.socket.hear({ type: "chunk", guid: "a", seq: 0, text: "half" });
  await settled();
  const second = await setUp(first.store);
  second.edges.socket.open();
  const hello = second.edges.socket.ofType("hello")[0] as { have: object };
  assert.deepEqual(hello.have, { a: { seq: 0, worker_id: "w-1", attempt: 1 } });
  assert.equal((second.edges.socket.ofType("work")[0] as Work).query_text, "question a");
  second.edges.socket.hear({ type: "result", guid: "a", worker_id: "w-1", result_text: "whole" });
  await settled();
  assert.equal(first.store.outbox.size, 0);
  assert.equal(first.store.turns.get("a")?.text, "whole");
});

Deno.test("should go on after a reload where the answer was, and begin anew where that is no more", async () => {
  const first = await setUp();
  first.edges.socket.open();
  first.runner.dispatch({ kind: "send", intent: intent("a") });
  first.runner.dispatch({ kind: "send", intent: intent("b") });
  await settled();
  for (const guid of ["a", "b"]) {
    first.edges.socket.hear({ type: "accepted", guid, worker_id: "w-1", attempt: 1 });
    first.edges.socket.hear({ type: "chunk", guid, seq: 0, text: "half" });
  }
  await settled();
  const second = await setUp(first.store);
  second.edges.socket.open();
  const hello = second.edges.socket.ofType("hello")[0] as { have: object };
  const seen = { seq: 0, worker_id: "w-1", attempt: 1 };
  assert.deepEqual(hello.have, { a: seen, b: seen });
  second.edges.socket.hear({ type: "chunk", guid: "a", seq: 1, text: " and half" });
  second.edges.socket.hear({ type: "restart", guid: "b", attempt: 2, reason: "the worker was lost" });
  second.edges.socket.hear({ type: "chunk", guid: "b", seq: 0, text: "anew" });
  assert.deepEqual(second.runner.state.turns.map(({ text }) => text), ["half and half", "anew"]);
});

Deno.test("should show a picture whose bytes came as a stream", async () => {
  const { edges, runner } = await setUp();
  edges.socket.open();
  runner.dispatch({ kind: "send", intent: intent("a") });
  await settled();
  edges.socket.hear({ type: "chunk", guid: "a", seq: 0, stream: 7, media_type: "image/png" });
  edges.socket.hearBytes(Uint8Array.of(7, ...png(8)));
  edges.socket.hearBytes(Uint8Array.of(7, 1, 2));
  edges.socket.hearBytes(Uint8Array.of(7));
  assert.deepEqual(runner.state.turns[0]?.media[0]?.bytes, Uint8Array.of(...png(8), 1, 2));
});

Deno.test("should send a big picture as a stream that the work names", async () => {
  const { edges, runner } = await setUp();
  edges.socket.open();
  const attachments = [{ media_type: "image/png", bytes: png(800_000) }];
  runner.dispatch({ kind: "send", intent: intent("a", { attachments }) });
  await settled();
  const work = edges.socket.ofType("work")[0] as Work;
  assert.deepEqual(work.media, [{ media_type: "image/png", stream: 1 }]);
  const frames = edges.socket.sent.filter((frame) => typeof frame !== "string") as Uint8Array[];
  assert.equal(frames.reduce((sum, frame) => sum + frame.length - 1, 0), 800_000);
});

Deno.test("should send all the same when the browser keeps nothing, and say so", async () => {
  const store = new MemoryStore();
  store.saveIntent = () => Promise.reject(new Error("full"));
  const { edges, runner, notKept } = await setUp(store);
  edges.socket.open();
  runner.dispatch({ kind: "send", intent: intent("a") });
  await settled();
  assert.equal(edges.socket.ofType("work").length, 1);
  assert.equal(notKept(), 1);
});

Deno.test("should hold a bounded number of incoming bytes", () => {
  const streams = new Streams();
  streams.open(1, "a", "image/png", 0, true);
  const frame = new Uint8Array(MAX_INCOMING_BYTES + 2);
  frame[0] = 1;
  assert.equal(streams.frame(frame), "too-large");
  assert.equal(streams.frame(Uint8Array.of(1)), undefined);
  assert.equal(streams.frame(Uint8Array.of(99, 1)), undefined);
  assert.equal(streams.frame(new Uint8Array(0)), undefined);
});

Deno.test("should let the oldest turns go when their pictures are too much", () => {
  const turns = [1, 2, 3].map((at) => ({ ...freshTurn(intent(`g${at}`, { at })), media: [{ media_type: "image/png", bytes: png(100) }] }));
  assert.deepEqual(tooMuch(turns, 250).map((turn) => turn.intent.guid), ["g1"]);
});
