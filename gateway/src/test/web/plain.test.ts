// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { plain } from "../../main/web/core/plain.ts";

Deno.test("should keep the words and drop the marks", () => {
  const cases: [string, string][] = [
    ["# Neon\n\nA **bright** _mountain_, see [the map](https://example.org/map).", "Neon\nA bright mountain, see the map."],
    ["- one\n- two\n  - `three`\n\n---\n\n> quoted", "one\ntwo\nthree\nquoted"],
    ["```js\nlet a = 1;\n```", "let a = 1;"],
    ["| a | b |\n|---|---|\n| 1 | ~~2~~ |", "a · b\n1 · 2"],
    ["2 * 3 * 4 < 25 &amp; <b>no tag</b>", "2 * 3 * 4 < 25 &amp; <b>no tag</b>"],
    ["", ""],
  ];
  for (const [text, expected] of cases) {
    assert.equal(plain(text), expected);
  }
});
