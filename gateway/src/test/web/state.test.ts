// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { KEEP_MILLIS, MAX_OPEN_INTENTS, MAX_RESUMES, MAX_TURNS, type Effect } from "../../main/web/core/state.ts";
import { openTurns } from "../../main/web/core/turns.ts";
import { conversation, MAX_CONTEXT_CHARS, MAX_CONTEXT_MESSAGES, freshTurn, haveSeq } from "../../main/web/core/turn.ts";
import { intentOf } from "../../main/web/core/asking.ts";
import { accepted, chunk, intent, Machine, png, result } from "./samples.ts";

const kinds = (effects: Effect[]): string[] => effects.map(({ kind }) => kind);
const transmitted = (effects: Effect[]): object[] => effects.flatMap((effect) => (effect.kind === "transmit" ? [effect.message] : []));

Deno.test("should save an intent before it is sent", () => {
  const machine = new Machine().up();
  machine.take();
  machine.do({ kind: "send", intent: intent("a") });
  assert.deepEqual(kinds(machine.take()), ["save"]);
  machine.do({ kind: "saved", guid: "a", now: 5 });
  assert.deepEqual(kinds(machine.take()), ["keep", "submit", "say"]);
});

Deno.test("should send what was written before the socket was open", () => {
  const machine = new Machine().send("a");
  assert.ok(!kinds(machine.take()).includes("submit"));
  machine.up();
  assert.deepEqual(kinds(machine.take()), ["transmit", "transmit", "submit", "say"]);
});

Deno.test("should forget what a gateway that is gone had announced", () => {
  const machine = new Machine().up().hear({ type: "notice", message: "This gateway is shutting down." });
  assert.equal(machine.down().state.notice, "This gateway is shutting down.");
  assert.equal(machine.up().state.notice, undefined);
});

Deno.test("should put chunks together and end with the result", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "Hel"), chunk("a", 1, "lo"));
  machine.take();
  machine.hear({ type: "result", guid: "a", worker_id: "w-1", model: "m", timing: { dispatch_us: 400, queue_ms: 100, work_ms: 500 } });
  const turn = machine.turn("a");
  assert.equal(turn.phase, "done");
  assert.equal(turn.text, "Hello");
  assert.equal(turn.deliverMillis, 1_000 - 0.4 - 100 - 500);
  assert.deepEqual(kinds(machine.take()), ["keep", "settle", "say"]);
});

Deno.test("should prefer the words of the result", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "Hel"), result("a", "Hello"));
  assert.equal(machine.turn("a").text, "Hello");
});

Deno.test("should drop a chunk that came before", () => {
  const machine = new Machine().up().send("a").hear(chunk("a", 0, "x"), chunk("a", 0, "x"), chunk("a", 1, "y"), chunk("a", 0, "x"));
  assert.equal(machine.turn("a").text, "xy");
});

Deno.test("should count progress and chunks together", () => {
  const machine = new Machine().up().send("a");
  machine.hear({ type: "progress", guid: "a", seq: 0, done: 1, of: 4 }, chunk("a", 1, "y"));
  assert.equal(machine.turn("a").seq, 1);
  assert.equal(machine.turn("a").progress?.done, 1);
});

Deno.test("should ask again when a chunk is missing, a limited number of times", () => {
  const machine = new Machine().up().send("a").hear(chunk("a", 0, "x"));
  machine.take();
  for (let i = 0; i < MAX_RESUMES + 2; i++) {
    machine.hear(chunk("a", 5, "z"));
  }
  assert.equal(machine.take().filter(({ kind }) => kind === "reconnect").length, MAX_RESUMES);
  assert.equal(machine.turn("a").text, "x");
  machine.hear(result("a", "whole"));
  assert.equal(machine.turn("a").text, "whole");
});

Deno.test("should say what it has, and send every open intent again, after a lost connection", () => {
  const machine = new Machine().up().send("a").send("b").hear(accepted("a"), chunk("a", 0, "x"), chunk("a", 1, "y")).down();
  machine.take();
  machine.up();
  const effects = machine.take();
  assert.deepEqual(transmitted(effects)[0], { type: "hello", client: "shell/0.1.0", user_id: "u-1", have: { a: { seq: 1, worker_id: "w-1", attempt: 1 } } });
  assert.deepEqual(effects.flatMap((effect) => (effect.kind === "submit" ? [effect.intent.guid] : [])), ["a", "b"]);
  machine.hear(chunk("a", 1, "y"), chunk("a", 2, "z"));
  assert.equal(machine.turn("a").text, "xyz");
});

Deno.test("should void what was shown when another worker begins again", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "x"), chunk("a", 1, "y"));
  machine.hear({ type: "restart", guid: "a", attempt: 2, reason: "worker-lost" });
  assert.equal(machine.turn("a").text, "");
  assert.equal(machine.turn("a").restarted, "worker-lost");
  assert.equal(machine.turn("a").workerId, undefined);
  machine.hear(accepted("a", 2), chunk("a", 0, "z"), result("a"));
  assert.equal(machine.turn("a").text, "z");
  assert.equal(machine.turn("a").restarted, undefined);
});

Deno.test("should keep the next worker when it accepted before the restart was said", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "x"), accepted("a", 2));
  machine.hear({ type: "restart", guid: "a", attempt: 2 }, chunk("a", 0, "z"));
  assert.equal(machine.turn("a").workerId, "w-1");
  assert.equal(machine.turn("a").text, "z");
});

Deno.test("should void what was shown when a later attempt is accepted without a restart", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "x"), accepted("a", 2), chunk("a", 0, "z"));
  assert.equal(machine.turn("a").text, "z");
});

Deno.test("should ask for a picture again whose bytes were cut off", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "x"));
  machine.hear({ type: "chunk", guid: "a", seq: 1, stream: 7, media_type: "image/png" }, chunk("a", 2, "y"));
  assert.equal(haveSeq(machine.turn("a")), 0);
  machine.down().up().take();
  machine.hear({ type: "chunk", guid: "a", seq: 1, stream: 3, media_type: "image/png" }, chunk("a", 2, "y"));
  const opened = machine.take().filter((effect) => effect.kind === "open-stream");
  assert.deepEqual(opened.map(({ wanted }) => wanted), [true]);
  machine.do({ kind: "media", guid: "a", media: { media_type: "image/png", bytes: png(), seq: 1 } });
  assert.equal(machine.turn("a").text, "xy");
  assert.equal(machine.turn("a").media.length, 1);
  assert.equal(haveSeq(machine.turn("a")), 2);
});

Deno.test("should read past a picture that is already here", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), { type: "chunk", guid: "a", seq: 0, stream: 7, media_type: "image/png" });
  machine.do({ kind: "media", guid: "a", media: { media_type: "image/png", bytes: png(), seq: 0 } }).take();
  machine.hear({ type: "chunk", guid: "a", seq: 0, stream: 8, media_type: "image/png" });
  const opened = machine.take().filter((effect) => effect.kind === "open-stream");
  assert.deepEqual(opened.map(({ wanted }) => wanted), [false]);
});

Deno.test("should not show a picture that a restart made void", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), { type: "chunk", guid: "a", seq: 0, stream: 7, media_type: "image/png" });
  machine.hear({ type: "restart", guid: "a", attempt: 2 });
  machine.do({ kind: "media", guid: "a", media: { media_type: "image/png", bytes: png(), seq: 0 } });
  assert.equal(machine.turn("a").media.length, 0);
});

Deno.test("should end only when the media of the result are here", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"));
  machine.hear({ type: "result", guid: "a", worker_id: "w-1", media: [{ media_type: "image/png", stream: 2 }] });
  assert.equal(machine.turn("a").phase, "working");
  machine.take();
  machine.do({ kind: "media", guid: "a", media: { media_type: "image/png", bytes: png() } });
  assert.equal(machine.turn("a").phase, "done");
  assert.deepEqual(kinds(machine.take()), ["keep", "settle", "say"]);
});

Deno.test("should hear nothing more about an intent that has ended", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), result("a", "done"));
  machine.take();
  machine.hear(chunk("a", 0, "late"), result("a", "twice"), { type: "error", guid: "a", code: "internal" });
  assert.equal(machine.turn("a").text, "done");
  assert.deepEqual(machine.take(), []);
});

Deno.test("should cancel over the wire and end with the gateway's word", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "x"));
  machine.take();
  machine.do({ kind: "stop", guid: "a" });
  assert.deepEqual(transmitted(machine.take()), [{ type: "cancel", guid: "a" }]);
  assert.equal(openTurns(machine.state).length, 1);
  machine.hear({ type: "error", guid: "a", code: "cancelled", message: "" });
  assert.equal(machine.turn("a").phase, "cancelled");
  assert.equal(machine.turn("a").text, "x");
});

Deno.test("should cancel again what was not yet known when it was stopped", () => {
  const machine = new Machine().up().send("a").do({ kind: "stop", guid: "a" });
  machine.take();
  machine.hear({ type: "ack", guid: "a", query_type: "chat" });
  assert.deepEqual(transmitted(machine.take()), [{ type: "cancel", guid: "a" }]);
  machine.down().up().take();
  machine.hear(accepted("a"));
  assert.deepEqual(transmitted(machine.take()), [{ type: "cancel", guid: "a" }]);
});

Deno.test("should stop at once without a connection", () => {
  const machine = new Machine().up().send("a").down().do({ kind: "stop", guid: "a" });
  assert.equal(machine.turn("a").phase, "cancelled");
  machine.take();
  machine.up();
  assert.ok(!kinds(machine.take()).includes("submit"));
});

Deno.test("should finish after a reload what was open before", () => {
  const machine = new Machine();
  const turn = { ...freshTurn(intent("a")), phase: "working" as const, workerId: "w-1", attempt: 2, text: "half", seq: 4 };
  const lost = { ...freshTurn(intent("c")), phase: "queued" as const };
  machine.do({ kind: "loaded", turns: [turn, lost], open: [intent("a"), intent("b")] }).up();
  const effects = machine.take();
  assert.deepEqual((transmitted(effects)[0] as { have: object }).have, { a: { seq: 4, worker_id: "w-1", attempt: 2 } });
  assert.deepEqual(effects.flatMap((effect) => (effect.kind === "submit" ? [effect.intent.guid] : [])), ["a", "b"]);
  assert.equal(machine.turn("c").phase, "failed");
  machine.hear(chunk("a", 4, "half"), chunk("a", 5, " and half"), result("a"));
  assert.equal(machine.turn("a").text, "half and half");
});

Deno.test("should wait without a place when nobody knows it any more", () => {
  const machine = new Machine().up().send("a").hear({ type: "queued", guid: "a", position: 3, eta_ms: 1_500 });
  assert.deepEqual(machine.turn("a").queue, { position: 3, etaMillis: 1_500 });
  machine.hear({ type: "queued", guid: "a" });
  assert.equal(machine.turn("a").phase, "queued");
  assert.equal(machine.turn("a").queue, undefined);
});

Deno.test("should keep an answer as it grows, now and then", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"));
  const kept = (seq: number, now: number) => {
    machine.take();
    machine.do({ kind: "message", message: chunk("a", seq, "x"), now });
    return machine.take().flatMap((effect) => (effect.kind === "keep" ? [effect.turn.seq] : []));
  };
  assert.deepEqual(kept(0, 1_000), [0]);
  assert.deepEqual(kept(1, 1_000 + KEEP_MILLIS - 1), []);
  assert.deepEqual(kept(1, 1_000 + KEEP_MILLIS), []);
  assert.deepEqual(kept(2, 1_000 + KEEP_MILLIS), [2]);
  assert.deepEqual(kept(3, 1_001 + KEEP_MILLIS), []);
});

Deno.test("should keep a bounded number of open intents", () => {
  const machine = new Machine().up();
  for (let i = 0; i < MAX_OPEN_INTENTS; i++) {
    machine.send(`g${i}`);
  }
  machine.take();
  machine.do({ kind: "send", intent: intent("more") });
  assert.deepEqual(machine.take(), [{ kind: "say", say: { what: "too-many" } }]);
  assert.equal(machine.state.turns.length, MAX_OPEN_INTENTS);
});

Deno.test("should keep a bounded history and erase the oldest", () => {
  const machine = new Machine().up();
  for (let i = 0; i < MAX_TURNS; i++) {
    machine.send(`g${i}`).hear(result(`g${i}`, "x"));
  }
  machine.take();
  machine.send("more");
  assert.deepEqual(machine.take().filter(({ kind }) => kind === "erase"), [{ kind: "erase", guid: "g0" }]);
  assert.equal(machine.state.turns.length, MAX_TURNS);
});

Deno.test("should put another understanding in the place of the first, and stop the first", () => {
  const machine = new Machine().up().send("a", { query_type: "auto" }).send("b");
  machine.hear({ type: "ack", guid: "a", query_type: "imagine", confidence: 0.6 }).take();
  machine.do({ kind: "send", intent: intent("c", { query_type: "chat" }), replaces: "a" });
  const effects = machine.take();
  assert.deepEqual(transmitted(effects), [{ type: "cancel", guid: "a" }]);
  assert.deepEqual(machine.state.turns.map((turn) => turn.intent.guid), ["c", "b"]);
  assert.deepEqual(kinds(effects), ["transmit", "settle", "erase", "save"]);
});

Deno.test("should forget everything and stop what runs", () => {
  const machine = new Machine().up().send("a");
  machine.take();
  machine.do({ kind: "forget" });
  assert.deepEqual(machine.state.turns, []);
  assert.deepEqual(kinds(machine.take()), ["transmit", "forget", "say"]);
});

Deno.test("should keep the code and the wait of an error", () => {
  const machine = new Machine().up().send("a");
  machine.hear({ type: "error", guid: "a", code: "rate-limited", message: "slow down", retryable: true, retry_after_ms: 2_000 });
  assert.deepEqual(machine.turn("a").error, { code: "rate-limited", message: "slow down", retryable: true, retryAfterMillis: 2_000 });
});

Deno.test("should take the last turns along, within both limits", () => {
  const turn = (i: number, length: number) => ({
    ...freshTurn(intent(`g${i}`)),
    phase: "done" as const,
    text: "x".repeat(length),
  });
  const many = conversation(Array.from({ length: 20 }, (_, i) => turn(i, 10)));
  assert.equal(many.length, MAX_CONTEXT_MESSAGES);
  assert.equal(many.at(-2)?.content, "question g19");
  assert.equal(conversation([turn(1, 10), turn(2, MAX_CONTEXT_CHARS)]).length, 0);
  assert.deepEqual(
    conversation([{ ...turn(1, 10), phase: "cancelled", interrupted: "Only this." }]).map(({ content }) => content)[1],
    "Only this. …",
    "what was heard of an answer that was cut short",
  );
  assert.equal(conversation([{ ...turn(1, 10), interrupted: "" }]).length, 0, "nothing of it was heard");
  assert.equal(conversation([{ ...turn(1, 10), phase: "failed" }]).length, 0);
});

Deno.test("should keep where an answer that was read aloud was cut short", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, "Hello there. And more."));
  machine.take();
  machine.do({ kind: "interrupted", guid: "a", heard: "Hello there." }, { kind: "interrupted", guid: "nobody", heard: "x" });
  assert.equal(machine.turn("a").interrupted, "Hello there.");
  assert.deepEqual(kinds(machine.take()), ["keep"]);
  machine.hear(result("a"));
  assert.equal(machine.turn("a").interrupted, "Hello there.");
});

Deno.test("should put an edited question in the place of the old one, and ask it with what came before", () => {
  const machine = new Machine().up();
  for (const guid of ["a", "b", "c"]) {
    machine.do({ kind: "send", intent: intent(guid, { at: machine.state.turns.length + 1 }) }, { kind: "saved", guid, now: 0 });
    machine.hear(accepted(guid), result(guid, `answer ${guid}`));
  }
  const asked = { text: "B, really", attachments: [], queryType: "chat", inPlaceOf: "b" };
  const edited = intentOf(asked, machine.state.turns, "b2", 99);
  assert.deepEqual(edited.conversation.map(({ content }) => content), ["question a", "answer a"]);
  machine.take();
  machine.do({ kind: "send", intent: edited, replaces: "b" }, { kind: "saved", guid: "b2", now: 0 });
  assert.deepEqual(kinds(machine.take()), ["erase", "save", "keep", "submit", "say"]);
  machine.hear(accepted("b2"), result("b2", "answer B"));
  assert.deepEqual(machine.state.turns.map(({ intent }) => [intent.guid, intent.at]), [["a", 1], ["b2", 2], ["c", 3]]);
  const next = intentOf({ text: "and?", attachments: [], queryType: "chat" }, machine.state.turns, "d", 100);
  assert.deepEqual(next.conversation.map(({ content }) => content), ["question a", "answer a", "B, really", "answer B", "question c", "answer c"]);
});

Deno.test("should take no conversation along where the kind of work has no use for it", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), result("a", "x"));
  const asked = { text: "a tree", attachments: [], queryType: "imagine", parameters: { seed: 5 } };
  const made = intentOf(asked, machine.state.turns, "b", 2);
  assert.deepEqual([made.conversation, made.parameters], [[], { seed: 5 }]);
});

Deno.test("should stop what runs when its question is edited or deleted", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"));
  machine.take();
  machine.do({ kind: "send", intent: intent("b"), replaces: "a" });
  assert.deepEqual(kinds(machine.take()), ["transmit", "settle", "erase", "save"]);
  machine.do({ kind: "saved", guid: "b", now: 0 });
  machine.take();
  machine.do({ kind: "erase", guid: "b" });
  assert.deepEqual(transmitted(machine.effects), [{ type: "cancel", guid: "b" }]);
  assert.deepEqual(kinds(machine.take()), ["transmit", "settle", "erase", "say"]);
  assert.deepEqual(machine.state.turns, []);
  machine.hear(result("b", "too late")).do({ kind: "erase", guid: "b" });
  assert.deepEqual(machine.take(), []);
});

Deno.test("should delete one picture of an answer, and the answer with the last of it", () => {
  const machine = new Machine().up().send("a").hear(accepted("a"), chunk("a", 0, ""));
  const [one, two] = [png(20), png(30)].map((bytes, seq) => ({ media_type: "image/png", bytes, seq }));
  machine.do({ kind: "erase-media", guid: "a", media: one! });
  machine.hear({ type: "chunk", guid: "a", seq: 1, stream: 1 }, { type: "chunk", guid: "a", seq: 2, stream: 2 });
  machine.do({ kind: "media", guid: "a", media: { ...one!, seq: 1 } }, { kind: "media", guid: "a", media: { ...two!, seq: 2 } });
  machine.hear(result("a"));
  const [first, second] = machine.turn("a").media;
  machine.take();
  machine.do({ kind: "erase-media", guid: "a", media: first! });
  assert.deepEqual(machine.turn("a").media, [second]);
  assert.deepEqual(kinds(machine.take()), ["keep", "say"]);
  machine.do({ kind: "erase-media", guid: "a", media: second! });
  assert.deepEqual(machine.state.turns, []);
});

Deno.test("should take ended turns in by time, and none that is here", () => {
  const machine = new Machine().up().send("a", { at: 5 }).hear(accepted("a"));
  machine.take();
  const old = { ...freshTurn(intent("z", { at: 1 })), phase: "done" as const };
  machine.do({ kind: "import", turns: [old, { ...old, intent: intent("a", { at: 2 }) }, freshTurn(intent("y", { at: 3 }))] });
  assert.deepEqual(machine.state.turns.map(({ intent }) => intent.guid), ["z", "a"]);
  assert.equal(machine.turn("a").phase, "working");
  assert.deepEqual(machine.take(), [{ kind: "keep", turn: old }]);
});
