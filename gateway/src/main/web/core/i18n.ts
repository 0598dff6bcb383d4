// SPDX-License-Identifier: GPL-3.0-only
// Words by key. The English catalogue is the list of keys; a catalogue that lacks one does not compile.
import { de } from "../words/de.ts";
import { en } from "../words/en.ts";

export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, string>>;
export type Language = "en" | "de";

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, de };

type Values = Readonly<Record<string, string | number>>;

let language: Language = "en";

export function useLanguage(next: Language): void {
  language = next;
}

export function currentLanguage(): Language {
  return language;
}

/** The first of the wanted languages that there is. */
export function pickLanguage(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in CATALOGUES);
  return (known as Language | undefined) ?? "en";
}

export function fill(words: string, values: Values): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function t(key: Key, values: Values = {}): string {
  return fill(CATALOGUES[language][key], values);
}

/** `t` for what there is a number of: the keys end in `.one` and `.other`. */
export function tn<Stem extends string>(
  stem: Stem & (`${Stem}.other` extends Key ? unknown : never),
  count: number,
  values: Values = {},
): string {
  const rule = new Intl.PluralRules(language).select(count) === "one" ? "one" : "other";
  return t(`${stem}.${rule}` as Key, { count: new Intl.NumberFormat(language).format(count), ...values });
}

/** The words for something that came over the wire, if the catalogue has any. */
export function known(stem: string, name: string): string | undefined {
  const key = `${stem}.${name}`;
  return Object.hasOwn(CATALOGUES[language], key) ? CATALOGUES[language][key as Key] : undefined;
}

/** Query types are an open set: one without words of its own goes by its name. */
export function kindName(queryType: string): string {
  return known("kind", queryType) ?? queryType.charAt(0).toUpperCase() + queryType.slice(1);
}

/** 2nd, 2. */
export function ordinal(position: number): string {
  const rule = new Intl.PluralRules(language, { type: "ordinal" }).select(position);
  return fill(known("ordinal", rule) ?? CATALOGUES[language]["ordinal.other"], { number: position });
}
