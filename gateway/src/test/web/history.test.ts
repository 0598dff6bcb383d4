// SPDX-License-Identifier: GPL-3.0-only
// What is kept: by day, looked through, as a file and back.
import * as assert from "./assert.ts";
import { ArchiveError, MAX_ARCHIVE_TURNS, merge, read, write } from "../../main/web/core/archive.ts";
import { byDay, dayName, excerpt, heldBytes, search } from "../../main/web/core/history.ts";
import { MAX_TURNS } from "../../main/web/core/state.ts";
import { MAX_HISTORY_BYTES } from "../../main/web/core/store.ts";
import { freshTurn, type Turn } from "../../main/web/core/turn.ts";
import { intent, png } from "./samples.ts";

const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

const turn = (number: number, with_: Partial<Turn> = {}): Turn => ({
  ...freshTurn(intent(guid(number), { at: number })),
  phase: "done",
  text: `answer ${number}`,
  ...with_,
});

const full = turn(7, {
  intent: intent(guid(7), { at: 7, query_type: "auto", attachments: [{ media_type: "image/png", bytes: png(300) }] }),
  media: [{ media_type: "image/png", bytes: png(40_000) }],
  interrupted: "answer",
  attempt: 2,
  synthetic: true,
  workerId: "w-1",
  model: "m",
  understood: { queryType: "imagine", confidence: 0.75 },
  timing: { dispatch_us: 41, queue_ms: 2, first_ms: 3, work_ms: 4 },
  deliverMillis: 0.5,
  error: { code: "worker-error", message: "<b>no</b>", retryable: false },
});

const file = (turns: readonly Turn[]): string => write(turns, 0).join("");

/** The file with something in it changed. */
function changed(change: (file: Record<string, any>, turn: Record<string, any>) => void): string {
  const value = JSON.parse(file([full]));
  change(value, value.turns[0]);
  return JSON.stringify(value);
}

function refused(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ArchiveError) {
      return `${error.where}: ${error.wanted}`;
    }
    throw error;
  }
  return "taken";
}

Deno.test("should group by day, newest first", () => {
  const noon = new Date(2026, 2, 15, 12).getTime();
  const at = (hours: number, name: number): Turn => turn(name, { intent: intent(guid(name), { at: noon + hours * 3_600_000 }) });
  const days = byDay([at(-13, 1), at(0, 2), at(11, 3), at(-24 * 40, 4)]);
  assert.deepEqual(days.map(({ turns }) => turns.map(({ intent }) => intent.guid)), [[guid(3), guid(2)], [guid(1)], [guid(4)]]);
  assert.deepEqual(days.map(({ from }) => dayName(from, noon, "en")).slice(0, 2), ["Today", "Yesterday"]);
  assert.equal(dayName(days[1]!.from, noon, "de"), "Gestern");
  assert.match(dayName(days[2]!.from, noon, "de"), /Februar 2026/);
});

Deno.test("should call yesterday so over a change of the clocks", () => {
  for (let day = 1; day < 366; day++) {
    const noon = new Date(2026, 0, day, 12).getTime();
    assert.equal(dayName(new Date(2026, 0, day - 1).getTime(), noon, "en"), "Yesterday", String(new Date(noon)));
  }
});

Deno.test("should find words in questions and answers whatever their case and accents", () => {
  const turns = [turn(1, { text: "Ein CAFÉ in Großräschen" }), turn(2, { intent: intent(guid(2), { query_text: "İstanbul naïve" }) })];
  const found = (words: string): number => search(turns, words).length;
  assert.equal(found("cafe"), 1);
  assert.equal(found("GROSSRASCHEN"), 1);
  assert.equal(found("Café"), 1);
  assert.equal(found("istanbul NAIVE"), 1);
  assert.equal(found(" "), 2);
  assert.equal(found("nothing of it"), 0);
});

Deno.test("should mark what was found where it stands, and lose nothing else", () => {
  const marked = (text: string, words: string): string => excerpt(text, words).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join("");
  assert.equal(marked("Ein Café, zwei CAFES", "cafe"), "Ein [Café], zwei [CAFE]S");
  assert.equal(marked("Straße", "ras"), "St[raß]e");
  assert.equal(marked("Fluß", "uss"), "Fl[uß]");
  assert.equal(marked("a👩‍🚀b", "b"), "a👩‍🚀[b]");
  assert.equal(marked("plain", ""), "plain");
  assert.equal(marked("<b>x</b>", "b>"), "<[b>]x</[b>]");
  const far = `${"x".repeat(500)} needle ${"y".repeat(500)}`;
  assert.match(marked(far, "needle"), /^… x+ \[needle\] y+ …$/);
  assert.ok(marked(far, "needle").length < 250);
});

Deno.test("should come back from a file as it went", () => {
  const [back] = read(file([full]));
  assert.deepEqual(back, { ...full, intent: { ...full.intent, conversation: [] } });
  assert.deepEqual(read(file([])), []);
});

Deno.test("should leave what is still open out of the file", () => {
  assert.deepEqual(read(file([turn(1, { phase: "working" }), turn(2)])).map(({ intent }) => intent.guid), [guid(2)]);
});

Deno.test("should name the culprit of a file that it does not take", () => {
  assert.equal(refused("not JSON"), "{ }: json");
  assert.equal(refused("[]"), "{ }: object");
  assert.equal(refused("{}"), "format: choice");
  assert.equal(refused(changed((file) => (file["version"] = 2))), "version: choice");
  assert.equal(refused(changed((file) => (file["turns"] = {}))), "turns: list");
  assert.equal(refused(changed((file) => (file["turns"] = Array(MAX_ARCHIVE_TURNS + 1).fill(0)))), "turns: list");
  assert.equal(refused(changed((file) => file["turns"].push(null))), "turns[1]: object");
  assert.equal(refused(changed((_, turn) => delete turn["guid"])), "turns[0].guid: form");
  assert.equal(refused(changed((_, turn) => (turn["guid"] = "x\" onload=alert(1)"))), "turns[0].guid: form");
  assert.equal(refused(changed((_, turn) => (turn["at"] = 1.5))), "turns[0].at: whole");
  assert.equal(refused(changed((_, turn) => (turn["at"] = 1e300))), "turns[0].at: whole");
  assert.equal(refused(changed((_, turn) => (turn["phase"] = "working"))), "turns[0].phase: choice");
  assert.equal(refused(changed((_, turn) => (turn["text"] = { toString: 1 }))), "turns[0].text: text");
  assert.equal(refused(changed((_, turn) => (turn["synthetic"] = 1))), "turns[0].synthetic: flag");
  assert.equal(refused(changed((_, turn) => (turn["media"][0]["data"] = "<svg>"))), "turns[0].media[0].data: form");
  assert.equal(refused(changed((_, turn) => (turn["media"][0]["data"] = "A"))), "turns[0].media[0].data: base64");
  assert.equal(refused(changed((_, turn) => (turn["timing"]["work_ms"] = "4"))), "turns[0].timing.work_ms: number");
  assert.equal(refused(changed((_, turn) => (turn["understood"]["confidence"] = 2))), "turns[0].understood.confidence: number");
  assert.equal(refused(changed((_, turn) => (turn["error"]["code"] = null))), "turns[0].error.code: text");
  assert.equal(refused(changed((_, turn) => (turn["more"] = 1))), "turns[0].more: nothing");
  assert.equal(refused(file([full]).replace('"format"', '"__proto__":{"format":"mtor-history"},"x"')), "format: choice");
});

Deno.test("should take in what is not here, and leave what is here alone", () => {
  const open = turn(1, { phase: "working", text: "half" });
  const { taken, known, left } = merge([open], [turn(1, { text: "from the file" }), turn(2), turn(2, { text: "twice" })], 10);
  assert.deepEqual(taken.map(({ text }) => text), ["answer 2"]);
  assert.deepEqual([known, left], [2, 0]);
});

Deno.test("should take the newest that there is room for", () => {
  const many = Array.from({ length: MAX_TURNS }, (_, i) => turn(i));
  const { taken, left } = merge([turn(900), turn(901)], many, 1_000);
  assert.deepEqual([taken.length, taken[0]?.intent.guid, left], [MAX_TURNS - 2, guid(MAX_TURNS - 1), 2]);
  const big = (number: number): Turn => turn(number, { media: [{ media_type: "image/png", bytes: new Uint8Array(MAX_HISTORY_BYTES / 2) }] });
  const heavy = merge([], [big(3), big(2), turn(1)], 10);
  assert.deepEqual(heavy.taken.map(({ intent }) => intent.guid), [guid(3), guid(1)]);
  assert.equal(heavy.left, 1);
});

Deno.test("should believe no moment that is still to come", () => {
  assert.equal(merge([], [turn(5_000)], 1_000).taken[0]?.intent.at, 1_000);
});

Deno.test("should say how much is kept", () => {
  assert.equal(heldBytes([full]), 300 + 40_000 + full.intent.query_text.length + full.text.length);
});
