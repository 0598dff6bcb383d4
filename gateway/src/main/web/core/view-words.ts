// SPDX-License-Identifier: GPL-3.0-only
// Words that only the views beside the conversation say: they come with their bundle, and not with the first load.
import { viewsDe } from "../words/views-de.ts";
import { viewsEn } from "../words/views-en.ts";
import { currentLanguage, fill, type Language } from "./i18n.ts";

export type ViewKey = keyof typeof viewsEn;
export type ViewCatalogue = Readonly<Record<ViewKey, string>>;

export const VIEW_CATALOGUES: Readonly<Record<Language, ViewCatalogue>> = { en: viewsEn, de: viewsDe };

export function v(key: ViewKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(VIEW_CATALOGUES[currentLanguage()][key], values);
}

/** `v` for what there is a number of: the keys end in `.one` and `.other`. */
export function vn<Stem extends string>(stem: Stem & (`${Stem}.other` extends ViewKey ? unknown : never), count: number): string {
  const rule = new Intl.PluralRules(currentLanguage()).select(count) === "one" ? "one" : "other";
  return v(`${stem}.${rule}` as ViewKey, { count: new Intl.NumberFormat(currentLanguage()).format(count) });
}

/** The words for something that came from elsewhere, if there are any. */
export function knownView(stem: string, name: string): string | undefined {
  const key = `${stem}.${name}`;
  return Object.hasOwn(viewsEn, key) ? v(key as ViewKey) : undefined;
}
