// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { duration } from "../../core/format.ts";
import { currentLanguage, kindName, known, ordinal, t } from "../../core/i18n.ts";
import { stages } from "../../core/stages.ts";
import type { Turn } from "../../core/turn.ts";
import { v, vn } from "../../core/view-words.ts";
import { tell, type Told } from "../../core/why.ts";
import { Light } from "../light.ts";

/** Why this worker: in words, what the page knows of it. */
export class MtorWhy extends Light {
  static override properties = { turn: { attribute: false }, language: {} };
  declare turn: Turn;
  declare language: string;

  override render(): TemplateResult {
    const told = tell(this.turn);
    const times = stages(this.turn).map(({ name, millis }) => `${t(`stage.${name}`)} ${duration(millis, currentLanguage())}`);
    if (told.length === 0) {
      return html`<p>${v("why.nothing")}</p>`;
    }
    return html`<ul aria-label=${v("why.title")}>
      ${told.map((each) => html`<li>${this.#words(each)}</li>`)}
      ${times.length > 0 ? html`<li>${v("why.stage", { stages: times.join(", ") })}</li>` : ""}
    </ul>`;
  }

  #words(told: Told): string {
    switch (told.what) {
      case "asked":
        return v("why.asked", { kind: kindName(told.queryType) });
      case "failed": {
        const { attempt, workerId: worker } = told;
        const reason = told.reason === undefined ? v("why.failed.unknown") : (known("restart", told.reason) ?? (told.reason || t("restart.unknown")));
        return v("why.failed", { attempt, worker, reason });
      }
      case "others":
        return v("why.others", { serving: told.serving, healthy: told.healthy, free: told.free });
      case "candidates": {
        const each = told.candidates.map(({ name, health, inFlight, slots, models }) =>
          v("why.candidate", { name, about: [t(`health.${health}`), `${inFlight}/${slots}`, ...models].join(", ") }),
        );
        return v("why.candidates", { all: each.join("; ") }) + (told.more > 0 ? ` ${vn("realm.more", told.more)}` : "");
      }
      case "only":
        return v("why.only");
      case "chosen":
        return v("why.chosen", { health: t(`health.${told.health}`), busy: told.inFlight, slots: told.slots });
      case "unseen":
        return v("why.unseen");
      case "waited":
        return this.#waited(told.millis, told.from);
      case "at-once":
        return v("why.atOnce");
      case "rule":
        return v("why.rule");
    }
  }

  #waited(millis: number | undefined, from: number): string {
    if (millis === undefined) {
      return v("why.waited.untold", { ordinal: ordinal(from) });
    }
    const time = duration(millis, currentLanguage());
    return from === 0 ? v("why.waited", { time }) : v("why.waited.from", { time, ordinal: ordinal(from) });
  }
}
