// SPDX-License-Identifier: GPL-3.0-only
// The words of a Markdown text without its marks, for places that show a line or two of it. Pure.
import type { Inline } from "./inline.ts";
import { parse, type Block } from "./markdown.ts";

export function plain(text: string): string {
  return parse(text).map(words).filter((each) => each !== "").join("\n");
}

function words(block: Block): string {
  switch (block.is) {
    case "paragraph":
    case "heading":
      return line(block.of);
    case "code":
      return block.text;
    case "list":
      return block.items.map((item) => item.map(words).join("\n")).join("\n");
    case "quote":
      return block.of.map(words).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(line).join(" · ")).join("\n");
    case "rule":
      return "";
  }
}

function line(of: readonly Inline[]): string {
  return of.map((each) => ("text" in each ? each.text : each.is === "break" ? "\n" : line(each.of))).join("");
}
