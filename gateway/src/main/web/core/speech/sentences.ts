// SPDX-License-Identifier: GPL-3.0-only
// What of an answer is read aloud, sentence by sentence while it grows: words, no code, no tables, no addresses. Pure.

/** A piece shorter than this waits for the next one, so that "1." or "Hm." is not spoken alone. */
const LEAST_CHARS = 12;
/** Without the end of a sentence it is cut at a comma or a space after so many. */
const MOST_CHARS = 240;

const SENTENCE = /[.!?…:。！？]+["'”’)\]]*(?=\s)|\n{2,}/g;

export type Screen = "code" | "table";

/** Gives each sentence once, as soon as it is complete. */
export class Sentences {
  #spoken = 0;
  #on: (what: Screen) => string;

  /** @param on what is said in place of what is better seen */
  constructor(on: (what: Screen) => string) {
    this.#on = on;
  }

  /** The sentences that have become complete; of a text that has ended, the rest, too. */
  take(text: string, ended: boolean): string[] {
    const speech = speakable(text, ended, this.#on);
    const found: string[] = [];
    while (true) {
      const rest = speech.slice(this.#spoken);
      const end = endOfSentence(rest, ended);
      if (end === 0) {
        return found;
      }
      this.#spoken += end;
      const sentence = rest.slice(0, end).replace(/\s+/g, " ").trim();
      if (/[\p{L}\p{N}]/u.test(sentence)) {
        found.push(sentence);
      }
    }
  }
}

function endOfSentence(rest: string, ended: boolean): number {
  for (const { 0: mark, index } of rest.matchAll(SENTENCE)) {
    const end = index + mark.length;
    if (rest.slice(0, end).trim().length >= LEAST_CHARS) {
      return end;
    }
  }
  if (ended) {
    return rest.length;
  }
  if (rest.length <= MOST_CHARS) {
    return 0;
  }
  const head = rest.slice(0, MOST_CHARS);
  const comma = Math.max(head.lastIndexOf(", "), head.lastIndexOf("; ")) + 1;
  return comma > LEAST_CHARS ? comma : Math.max(head.lastIndexOf(" "), 1);
}

/** The text with everything left out that no one would read aloud. What may still change is left out, too. */
function speakable(text: string, ended: boolean, on: (what: Screen) => string): string {
  const lines: string[] = [];
  let fence = "";
  let table = false;
  const all = text.split("\n");
  const whole = ended ? all : all.slice(0, -1);
  const last = ended ? "" : (all.at(-1) ?? "");
  for (const line of whole) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== "") {
      fence = mark !== undefined && mark.startsWith(fence) ? "" : fence;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      lines.push(`${on("code")}\n\n`);
      continue;
    }
    const isTable = /^\s*\|/.test(line);
    if (isTable) {
      if (!table) {
        lines.push(`${on("table")}\n\n`);
      }
    } else {
      lines.push(`${words(line)}\n`);
    }
    table = isTable;
  }
  const open = fence === "" && !/^\s*(\||`|~)/.test(last) ? untilOpenMark(last) : "";
  return lines.join("") + words(open);
}

/** Up to where a link, emphasis or code within the line has begun and not ended. */
function untilOpenMark(line: string): string {
  const open = ["`", "**", "__", "~~"].map((mark) => (line.split(mark).length % 2 === 0 ? line.lastIndexOf(mark) : line.length));
  const bracket = line.lastIndexOf("[");
  const link = bracket >= 0 && !/^\[[^\]]*\](?!\()|^\[[^\]]*\]\([^)]*\)/.test(line.slice(bracket)) ? bracket : line.length;
  return line.slice(0, Math.min(link, ...open));
}

/** One line of Markdown as one says it. */
function words(line: string): string {
  return line
    .replace(/^\s*(#{1,6}|>|[-*+]|\d{1,3}[.)])\s+/, "")
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\bhttps?:\/\/\S+/g, "")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, "$2");
}
