// SPDX-License-Identifier: GPL-3.0-only
// What of an answer is for the ear, and where on the screen it stands.
import * as assert from "../assert.ts";
import { intent } from "../samples.ts";
import { locate } from "../../../main/web/core/speech/locate.ts";
import { reading } from "../../../main/web/core/speech/reading.ts";
import { freshTurn, type Turn } from "../../../main/web/core/turn.ts";

const WAV = new TextEncoder().encode("RIFF....WAVEfmt ");
const turn = (with_: Partial<Turn>): Turn => ({ ...freshTurn(intent("a")), phase: "done", ...with_ });

Deno.test("should read words as they come, or a sound that is the answer, or nothing if answers are not to be read", () => {
  assert.deepEqual(reading(turn({ phase: "working", text: "Hel" }), true), { text: "Hel", whole: false });
  assert.deepEqual(reading(turn({ text: "Hello" }), true), { text: "Hello", whole: true });
  assert.deepEqual(reading(turn({ text: "Hello" }), false), { text: "", whole: true });
  const sound = { media_type: "audio/wav", bytes: WAV };
  assert.deepEqual(reading(turn({ media: [sound] }), false), { text: "", whole: true, sound });
  assert.deepEqual(reading(turn({ media: [sound], phase: "working" }), true), { text: "", whole: false });
  assert.deepEqual(reading(turn({ media: [{ media_type: "audio/wav", bytes: new Uint8Array(16) }] }), true), { text: "", whole: true });
});

Deno.test("should find a sentence across the pieces of the screen", () => {
  const texts = ["Here ", "is", " it: a  neon\nmountain. ", "And more."];
  assert.deepEqual(locate(texts, "Here is it:"), { first: 0, start: 0, last: 2, end: 4, next: 11 });
  assert.deepEqual(locate(texts, "a neon mountain."), { first: 2, start: 5, last: 2, end: 22, next: 29 });
  assert.deepEqual(locate(texts, "And more.", 29), { first: 3, start: 0, last: 3, end: 9, next: 39 });
});

Deno.test("should look behind what was said before", () => {
  const texts = ["again. again."];
  assert.deepEqual(locate(texts, "again.")?.start, 0);
  assert.deepEqual(locate(texts, "again.", 6)?.start, 7);
  assert.equal(locate(texts, "again.", 13), undefined);
});

Deno.test("should not find what is not there, and take no word for a pattern", () => {
  assert.equal(locate(["text"], "The code is on the screen."), undefined);
  assert.equal(locate(["text"], "  "), undefined);
  assert.equal(locate([], "x"), undefined);
  assert.equal(locate(["abc"], "a.c"), undefined);
  assert.deepEqual(locate(["(a+b)* [c]"], "(a+b)* [c]")?.end, 10);
});
