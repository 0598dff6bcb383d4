// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, svg } from "lit";
import { duration } from "../core/format.ts";
import { currentLanguage, t } from "../core/i18n.ts";
import { shares, stages } from "../core/stages.ts";
import type { Turn } from "../core/turn.ts";
import { Light } from "./light.ts";

/** Where the time of an answer went: a bar, and the same in words. */
export class MtorStages extends Light {
  static override properties = { turn: { attribute: false }, language: {} };
  declare turn: Turn;
  declare language: string;

  override render(): unknown {
    const all = stages(this.turn);
    if (all.length === 0) {
      return nothing;
    }
    const total = all.reduce((sum, { millis }) => sum + millis, 0);
    const time = (millis: number, display?: "long"): string => duration(millis, currentLanguage(), display);
    return html`
      <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        ${shares(all).map(({ name, from, width }) => svg`<rect class=${name} x=${from} width=${width} height="1"></rect>`)}
      </svg>
      <ul aria-label=${t("stage.title")}>
        ${all.map(
          ({ name, millis }) =>
            html`<li class=${name}><i aria-hidden="true"></i>${t(`stage.${name}`)} <span class="number">${time(millis)}</span></li>`,
        )}
        <li class="total"><span class="number">${t("stage.total", { time: time(total) })}</span></li>
      </ul>
    `;
  }
}
