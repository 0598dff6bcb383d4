// SPDX-License-Identifier: GPL-3.0-only
// Where on the screen the words are that are being spoken. Pure.

export interface Place {
  /** Which of the texts, and where in it. */
  first: number;
  start: number;
  last: number;
  end: number;
  /** How many characters lie before the end of it: the next one is looked for from there. */
  next: number;
}

/**
 * Finds the sentence in texts that follow each other, spaces counted as one; undefined if it is not there, as where it
 * says something in place of what is better seen.
 */
export function locate(texts: readonly string[], sentence: string, from = 0): Place | undefined {
  const wanted = sentence.split(/\s+/).filter((word) => word !== "");
  if (wanted.length === 0) {
    return undefined;
  }
  const pattern = new RegExp(wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "g");
  const whole = texts.join("");
  pattern.lastIndex = from;
  const found = pattern.exec(whole);
  if (found === null) {
    return undefined;
  }
  const next = found.index + found[0].length;
  return { ...at(texts, found.index, "start"), ...at(texts, next, "end"), next };
}

function at(texts: readonly string[], index: number, edge: "start"): { first: number; start: number };
function at(texts: readonly string[], index: number, edge: "end"): { last: number; end: number };
function at(texts: readonly string[], index: number, edge: "start" | "end"): object {
  let left = index;
  // A beginning belongs to the text that follows, an end to the one before.
  const i = texts.findIndex((text) => {
    const here = edge === "start" ? left < text.length : left <= text.length;
    left -= here ? 0 : text.length;
    return here;
  });
  return edge === "start" ? { first: i, start: left } : { last: i, end: left };
}
