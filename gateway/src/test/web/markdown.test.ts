// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { inlines, MAX_DEPTH, safeHref, type Inline } from "../../main/web/core/inline.ts";
import { parse, type Block } from "../../main/web/core/markdown.ts";

const text = (words: string): Inline => ({ is: "text", text: words });
const paragraph = (words: string): Block => ({ is: "paragraph", of: [text(words)] });

Deno.test("should read paragraphs and breaks", () => {
  assert.deepEqual(parse("one\ntwo\n\nthree"), [paragraph("one\ntwo"), paragraph("three")]);
  assert.deepEqual(parse("one  \ntwo"), [{ is: "paragraph", of: [text("one"), { is: "break" }, text("two")] }]);
  assert.deepEqual(parse(""), []);
});

Deno.test("should read headings and rules", () => {
  assert.deepEqual(parse("## Two ##\n---\n#no"), [{ is: "heading", level: 2, of: [text("Two")] }, { is: "rule" }, paragraph("#no")]);
});

Deno.test("should read emphasis", () => {
  assert.deepEqual(inlines("a **b *c*** d"), [text("a "), { is: "strong", of: [text("b "), { is: "em", of: [text("c")] }] }, text(" d")]);
  assert.deepEqual(inlines("~~gone~~ _soft_"), [{ is: "del", of: [text("gone")] }, text(" "), { is: "em", of: [text("soft")] }]);
});

Deno.test("should leave stars and underscores alone that mean nothing", () => {
  for (const words of ["2 * 3 * 4", "snake_case_name", "a ** b", "5*", "_", "**", "\u0060", "[", "![", "~~~", "__init__x"]) {
    assert.deepEqual(inlines(words), [text(words)], words);
  }
});

Deno.test("should read code, in a line and fenced", () => {
  assert.deepEqual(inlines("a `b*c*` d"), [text("a "), { is: "code", text: "b*c*" }, text(" d")]);
  assert.deepEqual(inlines("`` a`b ``"), [{ is: "code", text: "a`b" }]);
  assert.deepEqual(parse("```java\nint i;\n\n# no\n```\nend"), [{ is: "code", language: "java", text: "int i;\n\n# no" }, paragraph("end")]);
});

Deno.test("should show code that is still being written", () => {
  assert.deepEqual(parse("```js\nlet a"), [{ is: "code", language: "js", text: "let a" }]);
  assert.deepEqual(inlines("**bol"), [text("**bol")]);
});

Deno.test("should read lists, nested and numbered", () => {
  const [list] = parse("3. one\n4. two\n   - deep\n   - deeper\n5. three");
  assert.ok(list?.is === "list" && list.ordered && list.start === 3);
  assert.equal(list.items.length, 3);
  const inner = list.items[1]?.[1];
  assert.ok(inner?.is === "list" && !inner.ordered && inner.items.length === 2);
});

Deno.test("should take lists apart from the paragraphs around them", () => {
  const found = parse("before\n- a\n- b\n\nafter");
  assert.deepEqual(found.map(({ is }) => is), ["paragraph", "list", "paragraph"]);
  assert.deepEqual(parse("- a\n\n- b").length, 1);
  assert.deepEqual(parse("- a\n* b").length, 2);
  assert.deepEqual(parse("- a\n\n  more\n- b").map((block) => block.is === "list" && block.items.map((item) => item.length)), [[2, 1]]);
});

Deno.test("should keep code inside an item", () => {
  const [list] = parse("1. run\n   ```sh\n   ls\n   ```\n2. read");
  assert.ok(list?.is === "list" && list.items.length === 2);
  assert.deepEqual(list.items[0]?.[1], { is: "code", language: "sh", text: "ls" });
});

Deno.test("should read quotes", () => {
  assert.deepEqual(parse("> one\n> > two"), [{ is: "quote", of: [paragraph("one"), { is: "quote", of: [paragraph("two")] }] }]);
});

Deno.test("should read tables", () => {
  const [table] = parse("| a | b |\n|:-:|--:|\n| 1 | **2** |\n| 3 |");
  assert.ok(table?.is === "table");
  assert.deepEqual(table.align, ["center", "end"]);
  assert.deepEqual(table.rows, [[[text("1")], [{ is: "strong", of: [text("2")] }]], [[text("3")], []]]);
  assert.deepEqual(parse("a | b").map(({ is }) => is), ["paragraph"]);
});

Deno.test("should link to http and https only", () => {
  assert.deepEqual(inlines("[a](https://b.example/c_(d))"), [{ is: "link", href: "https://b.example/c_(d)", of: [text("a")] }]);
  assert.deepEqual(inlines("see https://b.example/x."), [
    text("see "),
    { is: "link", href: "https://b.example/x", of: [text("https://b.example/x")] },
    text("."),
  ]);
  for (const href of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a/b",
    "//b.example",
    "/ws",
    "mailto:a@b.example",
  ]) {
    assert.equal(safeHref(href), undefined, href);
  }
});

/** Everything an answer could smuggle in; none of it may become more than text, or a link to http(s). */
const HOSTILE = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](<javascript:alert(1)>)",
  "[x](  javascript:alert(1) \"t\")",
  "![x](javascript:alert(1))",
  "![x](https://tracker.example/pixel.png)",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](https://a.example\" onclick=\"alert(1))",
  "https://a.example/\"onmouseover=alert(1)",
  "[<img src=x onerror=alert(1)>](https://a.example)",
  "```<img src=x onerror=alert(1)>\ncode\n```",
  "| <script> | b |\n|--|--|\n| <b onclick=x> | y |",
  "> <iframe src=javascript:alert(1)>",
  "- <a href=javascript:alert(1)>x</a>",
  "# <style>*{display:none}</style>",
  "&lt;script&gt;",
  "[a]: javascript:alert(1)\n[a]",
  "<javascript:alert(1)>",
  "**<b>**`<i>`~~<u>~~",
];

Deno.test("should make of hostile words nothing but words and safe links", () => {
  const allowed = new Set(["paragraph", "heading", "code", "list", "quote", "table", "rule", "text", "em", "strong", "del", "link", "break"]);
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
    } else if (typeof value === "object" && value !== null) {
      const node = value as Record<string, unknown>;
      assert.ok(allowed.has(node["is"] as string));
      if (node["is"] === "link") {
        assert.match(node["href"] as string, /^https?:\/\/[^"<>]*$/);
      }
      ["of", "items", "head", "rows"].forEach((name) => walk(node[name] ?? []));
    }
  };
  HOSTILE.forEach((words) => walk(parse(words)));
});

Deno.test("should not nest deeper than it must", () => {
  const depth = (value: unknown): number =>
    Array.isArray(value)
      ? Math.max(0, ...value.map(depth))
      : typeof value === "object" && value !== null
        ? 1 + Math.max(...["of", "items"].map((name) => depth((value as Record<string, unknown>)[name] ?? [])))
        : 0;
  assert.ok(depth(parse(">".repeat(5_000) + "x")) <= 2 * MAX_DEPTH + 4);
  assert.ok(depth(parse("*a _b ".repeat(2_000))) <= 2 * MAX_DEPTH + 4);
  assert.ok(depth(parse("- ".repeat(2_000) + "x")) <= 2 * MAX_DEPTH + 4);
});

Deno.test("should read any answer in steps that grow with its length", () => {
  for (const piece of ["*", "_", "`", "[", "![a](", "**a", "__a ", "`a``", "> ", "- ", "1. ", "|", "~~", "\\", "https://", "[a](b", "*a_"]) {
    for (const whole of [piece.repeat(20_000 / piece.length), `${piece}\n`.repeat(5_000)]) {
      parse(whole);
    }
  }
});
