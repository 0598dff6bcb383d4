// SPDX-License-Identifier: GPL-3.0-only
// Markdown as a tree of plain values. There is no HTML in it: what looks like a tag is text. Pure.
import { inlines, MAX_DEPTH, type Inline } from "./inline.ts";

export type Block =
  | { is: "paragraph"; of: Inline[] }
  | { is: "heading"; level: number; of: Inline[] }
  | { is: "code"; language: string; text: string }
  | { is: "list"; ordered: boolean; start: number; items: Block[][] }
  | { is: "quote"; of: Block[] }
  | { is: "table"; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { is: "rule" };

export type Align = "start" | "center" | "end";

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?: +|$)/;
const DELIMITERS = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function parse(text: string): Block[] {
  return blocks(text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n"), 0);
}

function blocks(lines: string[], depth: number): Block[] {
  const found: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) {
      found.push({ is: "paragraph", of: inlines(paragraph.join("\n")) });
      paragraph = [];
    }
  };
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const taken = line.trim() === "" ? 0 : block(lines, at, depth, paragraph.length > 0, (next) => (flush(), found.push(next)));
    if (taken > 0) {
      at += taken;
      continue;
    }
    if (line.trim() === "") {
      flush();
    } else {
      paragraph.push(line.trimStart());
    }
    at++;
  }
  flush();
  return found;
}

/** Tries to read a block that is not a paragraph; answers how many lines it took. */
function block(lines: string[], at: number, depth: number, inParagraph: boolean, add: (block: Block) => void): number {
  const line = lines[at] ?? "";
  const fence = FENCE.exec(line);
  if (fence) {
    const mark = fence[1] ?? "```";
    let end = at + 1;
    while (end < lines.length && !isFenceEnd(lines[end] ?? "", mark)) {
      end++;
    }
    add({ is: "code", language: fence[2] ?? "", text: lines.slice(at + 1, end).join("\n") });
    return end - at + 1;
  }
  const heading = HEADING.exec(line);
  if (heading) {
    add({ is: "heading", level: heading[1]?.length ?? 1, of: inlines(heading[2] ?? "") });
    return 1;
  }
  if (RULE.test(line)) {
    add({ is: "rule" });
    return 1;
  }
  if (depth < MAX_DEPTH && QUOTE.test(line)) {
    let end = at;
    while (end < lines.length && QUOTE.test(lines[end] ?? "")) {
      end++;
    }
    add({ is: "quote", of: blocks(lines.slice(at, end).map((quoted) => quoted.replace(QUOTE, "")), depth + 1) });
    return end - at;
  }
  if (depth < MAX_DEPTH && ITEM.test(line) && !(inParagraph && /^ {0,3}(?!1[.)])\d/.test(line))) {
    return list(lines, at, depth, add);
  }
  if (line.includes("|") && DELIMITERS.test(lines[at + 1] ?? "") && cells(line).length === cells(lines[at + 1] ?? "").length) {
    return table(lines, at, add);
  }
  return 0;
}

function isFenceEnd(line: string, mark: string): boolean {
  const end = line.trim();
  return end.length >= mark.length && end === (mark[0] ?? "`").repeat(end.length);
}

function list(lines: string[], at: number, depth: number, add: (block: Block) => void): number {
  const first = ITEM.exec(lines[at] ?? "");
  const kind = first?.[2]?.at(-1) ?? "-";
  const ordered = /[.)]/.test(kind);
  const items: string[][] = [];
  // A line that is indented by two belongs to the item above, whatever the width of its number.
  const base = /^ */.exec(lines[at] ?? "")?.[0].length ?? 0;
  let indent = 0;
  let end = at;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? "";
    const margin = line.length - line.trimStart().length;
    const item = ITEM.exec(line);
    if (item && margin < base + 2) {
      if (item[2]?.at(-1) !== kind || RULE.test(line)) {
        break;
      }
      indent = Math.min(item[0].length || 2, margin + (item[2]?.length ?? 1) + 4);
      items.push([line.slice(item[0].length)]);
    } else if (line.trim() === "") {
      const next = lines[end + 1] ?? "";
      const nextMargin = next.length - next.trimStart().length;
      if (next.trim() === "" || (nextMargin < base + 2 && ITEM.exec(next)?.[2]?.at(-1) !== kind)) {
        break;
      }
      items.at(-1)?.push("");
    } else if (margin >= base + 2 || !(HEADING.test(line) || FENCE.test(line) || QUOTE.test(line) || RULE.test(line))) {
      items.at(-1)?.push(line.slice(Math.min(indent, margin)));
    } else {
      break;
    }
  }
  const start = ordered ? Number.parseInt(first?.[2] ?? "1", 10) : 1;
  add({ is: "list", ordered, start, items: items.map((item) => blocks(item, depth + 1)) });
  return end - at;
}

function cells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function table(lines: string[], at: number, add: (block: Block) => void): number {
  const head = cells(lines[at] ?? "");
  const align = cells(lines[at + 1] ?? "").map((cell): Align => (!cell.endsWith(":") ? "start" : cell.startsWith(":") ? "center" : "end"));
  let end = at + 2;
  const rows: Inline[][][] = [];
  for (; (lines[end] ?? "").includes("|"); end++) {
    const row = cells(lines[end] ?? "");
    rows.push(head.map((_, column) => inlines(row[column] ?? "")));
  }
  add({ is: "table", align, head: head.map((cell) => inlines(cell)), rows });
  return end - at;
}
