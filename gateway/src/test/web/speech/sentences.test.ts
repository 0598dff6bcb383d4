// SPDX-License-Identifier: GPL-3.0-only
// What is read aloud of an answer that grows.
import * as assert from "../assert.ts";
import { Sentences } from "../../../main/web/core/speech/sentences.ts";

const make = (): Sentences => new Sentences((what) => (what === "code" ? "Code is on the screen." : "A table is on the screen."));

/** As it comes letter by letter. */
function spoken(text: string): string[] {
  const sentences = make();
  const said: string[] = [];
  for (let end = 1; end <= text.length; end++) {
    said.push(...sentences.take(text.slice(0, end), false));
  }
  said.push(...sentences.take(text, true));
  return said;
}

Deno.test("should speak each sentence once, as soon as it is complete", () => {
  const sentences = make();
  assert.deepEqual(sentences.take("Mountains are high. Some", false), ["Mountains are high."]);
  assert.deepEqual(sentences.take("Mountains are high. Some are neon.", false), [], "it may go on");
  assert.deepEqual(sentences.take("Mountains are high. Some are neon. ", false), ["Some are neon."]);
  assert.deepEqual(sentences.take("Mountains are high. Some are neon. The end", true), ["The end"]);
  assert.deepEqual(sentences.take("Mountains are high. Some are neon. The end", true), []);
});

Deno.test("should speak the same however the text comes", () => {
  const texts = [
    "Hello there, world. How are you today? Fine!",
    "**Note this here.** It is _not_ `code` but words. See [the page](https://example.org/a.b) for more. And __that__ is it.",
    "# A title\n\nFirst line of text\nthat goes on. Then 3.14 is a number and 2 * 3 is 6.\n\n- one thing\n- another thing\n\n1. first\n2. second",
    "Look at https://example.org/x?y=1. Then go.",
    "Before it.\n\n```js\nconst a = 'no. never. spoken.';\n```\n\nAfter the code it goes on. | not a table.",
    "A table:\n\n| a | b |\n|---|---|\n| 1. x | 2. y |\n\nAnd words after it.",
    "An open `code mark. that never ends\nbut the next line is fine. Yes it is.",
    "Ein Satz auf Deutsch. „Noch einer?“ Ja! Genau so…\n\nEnde",
  ];
  for (const text of texts) {
    assert.deepEqual(spoken(text).join(" "), make().take(text, true).join(" "), text);
  }
});

Deno.test("should leave out code, tables, addresses and marks, and say so once each", () => {
  const said = spoken(
    "Here **is** it:\n\n```\nint x = 1;\nint y;\n```\n\nNow a table.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSee [the docs](http://x.y/z) or http://a.b/c now.",
  ).join(" ");
  assert.equal(said, "Here is it: Code is on the screen. Now a table. A table is on the screen. See the docs or now.");
});

Deno.test("should not speak of what has no words", () => {
  assert.deepEqual(spoken("---\n\n***\n\n!!! ???"), []);
});

Deno.test("should cut what has no end at a comma, and then at a space", () => {
  const commas = `${"many words, ".repeat(40)}`;
  assert.ok(spoken(commas).every((part) => part.length <= 240));
  const spaces = `${"manywords ".repeat(60)}`;
  assert.ok(spoken(spaces).length >= 2);
  assert.equal(spoken(spaces).join(" "), spaces.trim());
});

Deno.test("should not speak a number or a cry alone", () => {
  assert.deepEqual(spoken("Hm. That is a good question. Yes."), ["Hm. That is a good question.", "Yes."]);
});
