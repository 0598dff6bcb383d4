// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import {
  Link,
  MAX_BUFFERED_BYTES,
  MAX_RETRY_MILLIS,
  PING_MILLIS,
  RETRY_STEP_MILLIS,
  retryDelay,
  SILENCE_MILLIS,
  WAKE_MILLIS,
  type LinkState,
} from "../../main/web/core/link.ts";
import type { ServerMessage } from "../../main/web/core/protocol.ts";
import { FakeEdges } from "./samples.ts";

function setUp() {
  const edges = new FakeEdges();
  const heard = { states: [] as LinkState[], messages: [] as ServerMessage[], bytes: [] as Uint8Array[], times: [] as number[] };
  const link = new Link("ws://here/ws", edges, {
    link: (state) => heard.states.push(state),
    message: (message) => heard.messages.push(message),
    binary: (bytes) => heard.bytes.push(bytes),
    roundTrip: (millis) => heard.times.push(millis),
  });
  return { edges, heard, link };
}

Deno.test("should wait by chance alone: at most 200 ms at first, twice that after each failure, never over 10 s", () => {
  for (let failures = 0; failures < 40; failures++) {
    const most = Math.min(MAX_RETRY_MILLIS, RETRY_STEP_MILLIS * 2 ** failures);
    assert.equal(retryDelay(failures, 0), 0);
    assert.equal(retryDelay(failures, 0.5), most / 2);
    assert.equal(retryDelay(failures, 1), most);
  }
});

Deno.test("should bring 2,000 pages back within 35 s to a gateway that takes 200 in a second", () => {
  const limit = 200;
  let seed = 1;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const coming = Array.from({ length: 2_000 }, () => ({ at: retryDelay(0, random()), failures: 1 }));
  const taken: number[] = [];
  while (coming.length > 0) {
    coming.sort((a, b) => b.at - a.at);
    const page = coming.pop();
    if (page !== undefined && page.at - (taken.at(-limit) ?? -Infinity) >= 1_000) {
      taken.push(page.at);
    } else if (page !== undefined) {
      coming.push({ at: page.at + retryDelay(page.failures, random()), failures: page.failures + 1 });
    }
  }
  assert.equal(taken.length, 2_000);
  assert.ok((taken.at(-1) ?? 0) <= 35_000, `the last came after ${taken.at(-1)} ms`);
});

Deno.test("should connect again by itself, and at once when woken", () => {
  const { edges, link } = setUp();
  link.wake();
  edges.socket.lose();
  edges.pass(RETRY_STEP_MILLIS);
  assert.equal(edges.sockets.length, 2);
  edges.socket.lose();
  link.wake();
  assert.equal(edges.sockets.length, 3);
  link.wake();
  assert.equal(edges.sockets.length, 3);
});

Deno.test("should keep backing off while sockets open and nobody speaks", () => {
  const { edges, heard, link } = setUp();
  link.wake();
  for (let i = 0; i < 5; i++) {
    edges.socket.open();
    edges.socket.lose();
    link.wake();
  }
  const waits = heard.states.flatMap((state) => (state.phase === "waiting" ? [state.retryInMillis] : []));
  assert.ok((waits.at(-1) ?? 0) > (waits[0] ?? 0));
  edges.socket.open();
  edges.socket.hear({ type: "welcome", session: "s" });
  edges.socket.lose();
  assert.deepEqual(heard.states.at(-1), { phase: "waiting", retryInMillis: RETRY_STEP_MILLIS / 2 });
});

Deno.test("should measure the round trip and answer pings", () => {
  const { edges, heard, link } = setUp();
  link.wake();
  edges.socket.open();
  edges.time += 3;
  edges.socket.hear({ type: "pong", guid: "ping-1" });
  edges.socket.hear({ type: "ping", guid: "theirs" });
  assert.deepEqual(heard.times, [3]);
  assert.deepEqual(edges.socket.ofType("pong"), [{ type: "pong", guid: "theirs" }]);
  assert.deepEqual(heard.messages, []);
});

Deno.test("should let go of a connection that is silent, and keep one that answers", () => {
  const { edges, link } = setUp();
  link.wake();
  edges.socket.open();
  for (let i = 0; i < 10; i++) {
    edges.socket.hear({ type: "pong", guid: (edges.socket.messages.at(-1) as { guid: string }).guid });
    edges.pass(PING_MILLIS);
  }
  assert.equal(edges.sockets.length, 1);
  edges.pass(SILENCE_MILLIS + 2 * PING_MILLIS);
  assert.ok(edges.sockets[0]?.closed);
  assert.ok(edges.sockets.length > 1);
});

Deno.test("should not wait long for a connection that did not wake up with the page", () => {
  const { edges, link } = setUp();
  link.wake();
  edges.socket.open();
  edges.socket.hear({ type: "pong", guid: "ping-1" });
  link.wake();
  edges.pass(WAKE_MILLIS);
  assert.ok(edges.sockets[0]?.closed);
});

Deno.test("should hear nothing from a socket it let go", () => {
  const { edges, heard, link } = setUp();
  link.wake();
  const old = edges.socket;
  old.open();
  link.drop();
  edges.pass(RETRY_STEP_MILLIS);
  old.hear({ type: "notice", message: "late" });
  old.lose();
  assert.deepEqual(heard.messages, []);
  assert.equal(edges.sockets.length, 2);
});

Deno.test("should ignore what is not a message", () => {
  const { edges, heard, link } = setUp();
  link.wake();
  edges.socket.open();
  for (const frame of ["", "null", "[]", "{", '{"type":"nothing"}', '{"type":"chunk","guid":7,"seq":0}', '{"type":"__proto__"}']) {
    edges.socket.onmessage?.({ data: frame });
  }
  assert.deepEqual(heard.messages, []);
});

Deno.test("should upload in frames of at most 64 KiB and pause while the socket is full", () => {
  const { edges, link } = setUp();
  link.wake();
  edges.socket.open();
  edges.socket.bufferedAmount = MAX_BUFFERED_BYTES + 1;
  link.upload([{ stream: 5, bytes: new Uint8Array(200_000).fill(1) }]);
  const binary = () => edges.socket.sent.filter((frame) => typeof frame !== "string");
  assert.equal(binary().length, 0);
  edges.socket.bufferedAmount = 0;
  edges.pass(100);
  const frames = binary() as Uint8Array[];
  assert.ok(frames.every((frame) => frame.length <= 65_536 && frame[0] === 5));
  assert.equal(frames.reduce((sum, frame) => sum + frame.length - 1, 0), 200_000);
  assert.equal(frames.at(-1)?.length, 1);
});

Deno.test("should say that it is offline when the browser is", () => {
  const { edges, heard, link } = setUp();
  link.wake();
  edges.isOnline = false;
  edges.socket.lose();
  assert.deepEqual(heard.states.at(-1), { phase: "offline" });
});
