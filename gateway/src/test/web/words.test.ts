// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { duration, percent, size } from "../../main/web/core/format.ts";
import { CATALOGUES, kindName, ordinal, pickLanguage, t, tn, useLanguage, type Language } from "../../main/web/core/i18n.ts";
import { fromBase64, isPicture, sniff, toBase64 } from "../../main/web/core/media.ts";
import { pack } from "../../main/web/core/outbox.ts";
import { shares, stages } from "../../main/web/core/stages.ts";
import { freshTurn } from "../../main/web/core/turn.ts";
import { VIEW_CATALOGUES } from "../../main/web/core/view-words.ts";
import { intent, png } from "./samples.ts";

const plain = (words: string): string => words.replaceAll(/[\u00a0\u202f]/g, " ");

Deno.test("should have the same keys and the same gaps to fill in every language", () => {
  const gaps = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();
  const alike = (catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>>): void => {
    for (const [language, catalogue] of Object.entries(catalogues)) {
      assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(catalogues.en).sort(), language);
      for (const [key, words] of Object.entries(catalogue)) {
        assert.notEqual(words.trim(), "", `${language} ${key}`);
        assert.deepEqual(gaps(words), gaps(catalogues.en[key] ?? ""), `${language} ${key}`);
      }
    }
  };
  alike(CATALOGUES);
  alike(VIEW_CATALOGUES);
});

Deno.test("should have words for every code of an error", () => {
  const codes =
    "bad-request too-large unauthorized forbidden rate-limited impossible queue-full deadline worker-lost worker-error cancelled unavailable internal";
  for (const code of codes.split(" ")) {
    assert.ok(`error.${code}` in CATALOGUES.en, code);
  }
});

Deno.test("should pick the first language that there is", () => {
  assert.equal(pickLanguage(["fr-FR", "de-AT", "en"]), "de");
  assert.equal(pickLanguage(["", "constructor", "xx"]), "en");
});

Deno.test("should count and order in each language", () => {
  useLanguage("en");
  assert.deepEqual([1, 2, 3, 4, 11, 22].map(ordinal), ["1st", "2nd", "3rd", "4th", "11th", "22nd"]);
  assert.equal(tn("workers.count", 1), "1 worker ready");
  assert.equal(tn("workers.count", 3), "3 workers ready");
  useLanguage("de");
  assert.equal(ordinal(2), "2.");
  assert.equal(t("turn.queued.eta", { ordinal: "2.", time: "8 Sekunden" }), "2. in der Reihe, etwa 8 Sekunden");
  assert.equal(kindName("weather"), "Weather");
  useLanguage("en");
});

Deno.test("should write durations with the digits one can use", () => {
  const millis = [0, 0.42, 3.14, 310.4, 999.6, 4_210, 42_100, 130_000];
  assert.deepEqual(
    millis.map((value) => plain(duration(value, "en"))),
    ["0 ms", "0.4 ms", "3.1 ms", "310 ms", "1 s", "4.2 s", "42 s", "2 min"],
  );
  assert.equal(plain(duration(4_210, "de")), "4,2 s");
  assert.equal(plain(duration(8_000, "en", "long")), "8 seconds");
  assert.equal(plain(duration(8_000, "de", "long")), "8 Sekunden");
  assert.equal(plain(percent(0.824, "en")), "82%");
  assert.equal(plain(size(1_500_000, "en")), "1.5 MB");
});

Deno.test("should know pictures and sound by their bytes, not by their name", () => {
  assert.equal(sniff(png()), "image/png");
  assert.equal(sniff(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)), "image/jpeg");
  assert.equal(sniff(new TextEncoder().encode("RIFF1234WEBPVP8 ")), "image/webp");
  assert.equal(sniff(new TextEncoder().encode("RIFF1234WAVEfmt ")), "audio/wav");
  assert.ok(!isPicture(new TextEncoder().encode("<svg onload=alert(1)>")));
  assert.equal(sniff(new Uint8Array(0)), undefined);
});

Deno.test("should turn bytes to base64 and back", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  assert.deepEqual(fromBase64("not base64!"), new Uint8Array(0));
});

Deno.test("should pack small pictures into the message and name a stream for big ones", () => {
  let streams = 0;
  const attachments = [100, 600_000, 600_000].map((length) => ({ media_type: "image/png", bytes: png(length) }));
  const { work, uploads } = pack(intent("a", { attachments }), "u-1", {}, () => ++streams);
  assert.deepEqual(work.media?.map((item) => ("stream" in item ? item.stream : "inline")), ["inline", "inline", 1]);
  assert.equal(uploads.length, 1);
  const small = pack(intent("a", { attachments }), "u-1", { max_message_bytes: 65_536 }, () => ++streams);
  assert.equal(small.uploads.length, 3);
  assert.equal(pack(intent("a"), "u-1", {}, () => 1).work.media, undefined);
});

Deno.test("should split the time of an answer into its stages", () => {
  const turn = { ...freshTurn(intent("a")), timing: { dispatch_us: 400, queue_ms: 3, first_ms: 300, work_ms: 1_300 }, deliverMillis: 4 };
  assert.deepEqual(
    stages(turn).map(({ name, millis }) => [name, millis]),
    [["routed", 0.4], ["waited", 3], ["began", 300], ["worked", 1_000], ["delivered", 4]],
  );
  assert.deepEqual(stages(freshTurn(intent("b"))), []);
  const bar = shares(stages(turn));
  const last = bar.at(-1);
  assert.ok(last && Math.abs(last.from + last.width - 100) < 1e-9);
});

Deno.test("should keep no words that nobody says, nor load at once those that only the views say", async () => {
  const all = async (folder: URL): Promise<string> => {
    let source = "";
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      source += name === "views" ? "" : isDirectory ? await all(new URL(`${name}/`, folder)) : await Deno.readTextFile(new URL(name, folder));
    }
    return source;
  };
  const ui = new URL("../../main/web/ui/", import.meta.url);
  const shell = (await all(new URL("../core/", ui))) + (await all(ui));
  const views = shell + (await all(new URL("views/", ui)));
  const said = (source: string, key: string): boolean => {
    const stem = key.slice(0, key.lastIndexOf("."));
    return source.includes(`"${key}"`) || source.includes(`"${stem}"`) || source.includes(`\`${stem}.$`);
  };
  // These are found by a code or a number: known("error", code), ordinal(n).
  const byCode = /^(error|kind|restart|ordinal)\./;
  const unsaid = (catalogue: object, source: string): string[] =>
    Object.keys(catalogue).filter((key) => !byCode.test(key) && !said(source, key));
  assert.deepEqual([...unsaid(CATALOGUES.en, shell), ...unsaid(VIEW_CATALOGUES.en, views)], []);
});
