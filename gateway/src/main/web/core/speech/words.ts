// SPDX-License-Identifier: GPL-3.0-only
// What was heard, as words: the wake word in it, words that stop, and what recognisers make of silence.

/** Said before the wake word without meaning anything. */
const FILLERS = new Set(["hey", "hi", "hello", "ok", "okay", "oh", "um", "uh", "äh", "hallo", "na", "and", "und", "the"]);

const STOPS = new Set(["stop", "cancel", "quiet", "be quiet", "shut up", "stopp", "halt", "abbrechen", "ruhe", "still", "sei still", "leise"]);

/** What recognisers are known to write where nobody said anything. */
const SILENCES = new Set(["", "you", "thank you", "thanks for watching", "thank you for watching", "bye", "untertitel der amara org community", "vielen dank", "music", "musik", "applause", "silence", "blank audio"]);

/** Lower case, without marks; letters and digits of any script. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What follows the wake word; empty if nothing does, undefined if it was not said. */
export function afterWakeWord(text: string, wakeWord: string): string | undefined {
  const wanted = plain(wakeWord).split(" ");
  const said = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  let at = 0;
  while (at < said.length && FILLERS.has(said[at]![0].toLowerCase())) {
    at++;
  }
  const last = said[at + wanted.length - 1];
  if (wanted[0] === "" || last === undefined || !wanted.every((word, i) => isAlike(said[at + i]![0].toLowerCase(), word))) {
    return undefined;
  }
  return text.slice(last.index + last[0].length).replace(/^[^\p{L}\p{N}]+/u, "").trim();
}

/** A recogniser may write "computa" or "komputer"; a short word must be right. */
function isAlike(said: string, wanted: string): boolean {
  const allowed = wanted.length >= 6 ? 2 : wanted.length >= 4 ? 1 : 0;
  return Math.abs(said.length - wanted.length) <= allowed && distance(said, wanted) <= allowed;
}

/** Levenshtein, 1966: how many letters must be changed, put in or left out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A word that stops everything, and nothing beside it. */
export function isStop(text: string): boolean {
  return STOPS.has(plain(text));
}

/** Nothing was said, or only what a recogniser makes of silence. */
export function isNothing(text: string): boolean {
  return SILENCES.has(plain(text.replace(/\[[^\]]*\]|\([^)]*\)/g, " ")));
}
