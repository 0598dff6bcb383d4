// SPDX-License-Identifier: GPL-3.0-only
// What stands within a line of Markdown: emphasis, code, links. Pure.

export type Inline =
  | { is: "text" | "code"; text: string }
  | { is: "em" | "strong" | "del"; of: Inline[] }
  | { is: "link"; href: string; of: Inline[] }
  | { is: "break" };

/** Deeper than this, quotes, lists and emphasis are text: no answer needs it and no stack should pay for it. */
export const MAX_DEPTH = 8;

/** Only what a browser fetches with a click, and nothing that runs. */
export function safeHref(href: string): string | undefined {
  try {
    const url = new URL(href);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const SPECIAL = /[\\`*_~[!\n]|https?:\/\//g;
const CODE = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y;
const LINK = /!?\[((?:[^[\]\\]|\\.){0,500})\]\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?(?:\s+"[^"]{0,500}")?\s*\)/y;
const BARE = /https?:\/\/[^\s<>"'`|\\^{}]{1,2000}/y;
const ESCAPE = /\\[!-/:-@[-`{-~]/y;
const EMPHASIS = [
  { mark: "**", is: "strong" },
  { mark: "__", is: "strong" },
  { mark: "~~", is: "del" },
  { mark: "*", is: "em" },
  { mark: "_", is: "em" },
] as const;

export function inlines(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let plain = "";
  const add = (inline: Inline): void => {
    if (plain !== "") {
      found.push({ is: "text", text: plain });
      plain = "";
    }
    found.push(inline);
  };
  // Marks that have no end in the rest of this text are not looked for again: the whole stays linear.
  const endless = new Set<string>();
  let at = 0;
  while (at < text.length) {
    SPECIAL.lastIndex = at;
    const next = SPECIAL.exec(text)?.index ?? text.length;
    plain += text.slice(at, next);
    at = next;
    if (at >= text.length) {
      break;
    }
    const [taken, inline] = special(text, at, depth, endless);
    if (typeof inline === "string") {
      plain += inline;
    } else {
      if (inline.is === "break") {
        plain = plain.trimEnd();
      }
      add(inline);
    }
    at += taken;
  }
  if (plain !== "") {
    found.push({ is: "text", text: plain });
  }
  return found;
}

/** Reads what starts here: how long it is, and what it stands for. */
function special(text: string, at: number, depth: number, endless: Set<string>): [number, Inline | string] {
  const match = (pattern: RegExp): RegExpExecArray | null => ((pattern.lastIndex = at), pattern.exec(text));
  const char = text[at] ?? "";
  if (char === "\n") {
    return [1, text.slice(Math.max(0, at - 2), at) === "  " ? { is: "break" } : "\n"];
  }
  if (char === "\\") {
    const escape = match(ESCAPE)?.[0];
    return escape ? [2, escape.slice(1)] : text[at + 1] === "\n" ? [2, { is: "break" }] : [1, "\\"];
  }
  if (char === "`") {
    const ticks = /^`+/.exec(text.slice(at, at + 64))?.[0] ?? "`";
    const code = endless.has(ticks) ? null : match(CODE);
    if (code === null) {
      endless.add(ticks);
      return [ticks.length, ticks];
    }
    return [code[0].length, { is: "code", text: (code[2] ?? "").replace(/\n/g, " ").replace(/^ (.*[^ ].*) $/, "$1") }];
  }
  if (char === "[" || char === "!") {
    const link = match(LINK);
    const href = link && safeHref(link[2] ?? "");
    if (!link || depth >= MAX_DEPTH) {
      return [1, char];
    }
    const of = inlines(link[1] ?? "", MAX_DEPTH);
    const label: Inline[] = of.length > 0 ? of : [{ is: "text", text: href ?? "" }];
    return [link[0].length, href ? { is: "link", href, of: label } : (link[1] ?? "")];
  }
  if (char === "h") {
    const bare = (match(BARE)?.[0] ?? "").replace(/[.,:;!?*_~)\]]+$/, "");
    const href = safeHref(bare);
    return href && depth < MAX_DEPTH ? [bare.length, { is: "link", href, of: [{ is: "text", text: bare }] }] : [4, "http"];
  }
  return emphasis(text, at, depth, endless) ?? [1, char];
}

function emphasis(text: string, at: number, depth: number, endless: Set<string>): [number, Inline] | undefined {
  for (const { mark, is } of EMPHASIS) {
    const from = at + mark.length;
    if (depth >= MAX_DEPTH || endless.has(mark) || !text.startsWith(mark, at) || /^\s?$/.test(text[from] ?? "")) {
      continue;
    }
    const inWord = mark.startsWith("_") && /\w/.test(text[at - 1] ?? "");
    for (let end = inWord ? -1 : text.indexOf(mark, from + 1); end > 0; end = text.indexOf(mark, end + 1)) {
      if (mark.length === 2 && text[end + 2] === mark[0]) {
        continue; // Of three marks in a row the last two close this one.
      }
      const single = mark.length === 2 || (text[end + 1] !== mark && text[end - 1] !== mark);
      const closes = !/\s|\\/.test(text[end - 1] ?? " ") && !(mark.startsWith("_") && /\w/.test(text[end + mark.length] ?? ""));
      if (single && closes) {
        return [end + mark.length - at, { is, of: inlines(text.slice(from, end), depth + 1) }];
      }
    }
    if (!inWord) {
      endless.add(mark);
    }
  }
  return undefined;
}
