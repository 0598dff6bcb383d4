// SPDX-License-Identifier: GPL-3.0-only
// What is said to the page itself and not to a worker: "show the realm", "louder", "again". Pure.
import type { View } from "../route.ts";
import { plain } from "./words.ts";

export type Command = { kind: "show"; view: View } | { kind: "volume"; by: 1 | -1 } | { kind: "again" } | { kind: "save" };

const NAMES: Readonly<Record<string, View>> = {
  conversation: "talk",
  gespräch: "talk",
  realm: "realm",
  workers: "realm",
  worker: "realm",
  map: "realm",
  karte: "realm",
  pictures: "gallery",
  gallery: "gallery",
  bilder: "gallery",
  galerie: "gallery",
  history: "history",
  verlauf: "history",
  help: "help",
  hilfe: "help",
};

const NAME = Object.keys(NAMES).join("|");
const ARTICLE = "(?:the |my |den |die |das |mir |mir den |mir die |mir das )?";
/** "Show the realm", "go to the history", "zeig mir die Bilder", "zeige den Verlauf an". */
const SHOW = new RegExp(`^(?:show|show me|open|go to|back to|zeig|zeige|öffne|geh zu[mr]?|zurück zu[mr]?) ${ARTICLE}(${NAME})(?: an)?$`, "u");

const PHRASES: Readonly<Record<string, Command>> = {
  help: { kind: "show", view: "help" },
  hilfe: { kind: "show", view: "help" },
  louder: { kind: "volume", by: 1 },
  lauter: { kind: "volume", by: 1 },
  quieter: { kind: "volume", by: -1 },
  softer: { kind: "volume", by: -1 },
  leiser: { kind: "volume", by: -1 },
  again: { kind: "again" },
  "once more": { kind: "again" },
  "noch einmal": { kind: "again" },
  nochmal: { kind: "again" },
  "save the picture": { kind: "save" },
  "save this picture": { kind: "save" },
  "save picture": { kind: "save" },
  "speichere das bild": { kind: "save" },
  "speicher das bild": { kind: "save" },
  "bild speichern": { kind: "save" },
  "sichere das bild": { kind: "save" },
  "bild sichern": { kind: "save" },
};

/** Only the whole of what was said counts: "show the realm to a child" is meant for a worker. */
export function commandOf(text: string): Command | undefined {
  const said = plain(text).replace(/^(please|bitte) | (please|bitte)$/gu, "");
  if (Object.hasOwn(PHRASES, said)) {
    return PHRASES[said];
  }
  const name = SHOW.exec(said)?.[1];
  return name === undefined ? undefined : { kind: "show", view: NAMES[name] ?? "talk" };
}

/** How loud answers may be read, as a part of all that there is. */
export const VOLUMES = [0.1, 0.25, 0.5, 0.75, 1] as const;

/** One step louder or quieter, from where it is. */
export function nextVolume(now: number, by: 1 | -1): number {
  const at = VOLUMES.reduce((best, each, i) => (Math.abs(each - now) < Math.abs((VOLUMES[best] ?? 1) - now) ? i : best), 0);
  return VOLUMES[Math.max(0, Math.min(VOLUMES.length - 1, at + by))] ?? 1;
}
