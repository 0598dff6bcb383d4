// SPDX-License-Identifier: GPL-3.0-only
// What is kept, by day, and what of it has some words in it.
import type { Turn } from "./turn.ts";

const DAY_MILLIS = 86_400_000;

/** How much of a text stands in a list, and how much of that before the first match. */
const SHOWN_CHARS = 180;
const SHOWN_BEFORE = 40;

export interface Day {
  /** Midnight at its beginning, where this browser is. */
  from: number;
  /** Newest first. */
  turns: Turn[];
}

/** One piece of a text; the marked ones are what was looked for. */
export interface Piece {
  text: string;
  marked: boolean;
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** The turns by day, newest first. */
export function byDay(turns: readonly Turn[]): Day[] {
  const days = new Map<number, Turn[]>();
  for (const turn of [...turns].sort((a, b) => b.intent.at - a.intent.at)) {
    const from = midnight(turn.intent.at);
    days.set(from, [...(days.get(from) ?? []), turn]);
  }
  return [...days].map(([from, turns]) => ({ from, turns }));
}

/** Today, Yesterday, or the date. */
export function dayName(from: number, now: number, language: string): string {
  // Days have 23 to 25 hours where clocks are put forward and back.
  const ago = Math.round((midnight(now) - from) / DAY_MILLIS);
  if (ago === 0 || ago === 1) {
    const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
    return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
  }
  return new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(from);
}

export function timeOfDay(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
}

/** Without case and accents: what is compared. `starts` and `ends` say which sign of the text each of its units came from. */
function folded(text: string): { plain: string; starts: number[]; ends: number[] } {
  let plain = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const sign of text) {
    const bare = sign.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
    plain += bare;
    for (let i = 0; i < bare.length; i++) {
      starts.push(at);
      ends.push(at + sign.length);
    }
    at += sign.length;
  }
  starts.push(at);
  return { plain, starts, ends };
}

/** Where the words are in the text, as [from, to) in turn. */
function matches(text: string, words: string): [number, number][] {
  const wanted = folded(words.trim()).plain;
  const { plain, starts, ends } = folded(text);
  const found: [number, number][] = [];
  for (let at = wanted === "" ? -1 : plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    const after = at + wanted.length;
    // A sign of which half was looked for counts whole, and so do accents that are signs of their own.
    found.push([starts[at] ?? 0, Math.max(starts[after] ?? 0, ends[after - 1] ?? 0)]);
  }
  return found;
}

/** The turns with these words in question or answer; all of them for no words. */
export function search(turns: readonly Turn[], words: string): Turn[] {
  const wanted = folded(words.trim()).plain;
  return turns.filter(({ intent, text }) => folded(intent.query_text).plain.includes(wanted) || folded(text).plain.includes(wanted));
}

/** The text around the first match, the beginning if there is none, in pieces. */
export function excerpt(text: string, words: string): Piece[] {
  const found = matches(text, words);
  const begin = Math.max(0, (found[0]?.[0] ?? 0) - SHOWN_BEFORE);
  const end = Math.min(text.length, begin + SHOWN_CHARS);
  const pieces: Piece[] = [{ text: (begin > 0 ? "… " : "") + text.slice(begin, found[0]?.[0] ?? end), marked: false }];
  found.forEach(([from, to], i) => {
    if (from < end) {
      pieces.push({ text: text.slice(from, to), marked: true });
      pieces.push({ text: text.slice(to, Math.max(to, Math.min(end, found[i + 1]?.[0] ?? end))), marked: false });
    }
  });
  pieces.push({ text: end < text.length ? " …" : "", marked: false });
  return pieces.filter(({ text }) => text !== "");
}

/** About how many bytes are kept: pictures, sound and words. */
export function heldBytes(turns: readonly Turn[]): number {
  return turns.reduce(
    (sum, { intent, media, text }) =>
      [...intent.attachments, ...media].reduce((bytes, item) => bytes + item.bytes.length, sum + intent.query_text.length + text.length),
    0,
  );
}
