// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { anotherSeed, fileName, pictures } from "../../main/web/core/gallery.ts";
import { freshTurn, type Turn } from "../../main/web/core/turn.ts";
import { crc32, zip } from "../../main/web/core/zip.ts";
import { intent, png } from "./samples.ts";

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);

const made = (guid: string, at: number, media: Turn["media"], phase: Turn["phase"] = "done"): Turn => ({
  ...freshTurn(intent(guid, { at })),
  phase,
  media,
});

Deno.test("should show what is a picture by its bytes, newest first", () => {
  const turns = [
    made("a", 1, [{ media_type: "image/png", bytes: png(), seq: 3 }, { media_type: "image/png", bytes: text("<svg onload=alert(1)>") }]),
    made("b", 2, [{ media_type: "text/html", bytes: png() }, { media_type: "audio/wav", bytes: text("RIFF1234WAVE") }]),
    made("c", 3, [{ media_type: "image/png", bytes: png() }], "working"),
  ];
  assert.deepEqual(pictures(turns).map(({ key, prompt }) => [key, prompt]), [["b/r0", "question b"], ["a/3", "question a"]]);
});

Deno.test("should name files so that no system minds", () => {
  const named = (prompt: string): string => fileName({ key: "k", guid: "g", at: 1, prompt, media: { media_type: "x", bytes: png() } });
  assert.equal(named("Ein Bürgerhaus, blau!"), "Ein-Bu-rgerhaus-blau.png");
  assert.equal(named("../../etc/passwd"), "etc-passwd.png");
  assert.equal(named("山"), "mtor.png");
  assert.ok(named("x".repeat(500)).length < 50);
});

Deno.test("should draw a seed that every model server takes", () => {
  assert.deepEqual([anotherSeed(() => 0), anotherSeed(() => 0.999999999999)], [{ seed: 1 }, { seed: 0x7fffffff - 1 }]);
});

Deno.test("should know the check sum that everybody knows", () => {
  assert.equal(crc32(text("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array(0)), 0);
});

Deno.test("should pack files one after the other and say where each begins", () => {
  const parts = zip([{ name: "a.txt", bytes: text("one") }, { name: "b.txt", bytes: text("three") }]);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  const view = new DataView(whole.buffer);
  const end = whole.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 2);
  const directory = view.getUint32(end + 16, true);
  assert.equal(directory + view.getUint32(end + 12, true), end);
  const second = view.getUint32(directory + 46 + 5 + 42, true);
  assert.equal(view.getUint32(second, true), 0x04034b50);
  assert.equal(new TextDecoder().decode(whole.subarray(second + 30, second + 40)), "b.txtthree");
});
