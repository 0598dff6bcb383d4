// SPDX-License-Identifier: GPL-3.0-only
import { duration } from "./format.ts";
import { currentLanguage, known, ordinal, t } from "./i18n.ts";
import type { Saying } from "./state.ts";

/** What the live region says. */
export function words(saying: Saying): string {
  switch (saying.what) {
    case "queued": {
      const place = ordinal(saying.position);
      const { etaMillis } = saying;
      return etaMillis === undefined
        ? t("turn.queued", { ordinal: place })
        : t("turn.queued.eta", { ordinal: place, time: duration(etaMillis, currentLanguage(), "long") });
    }
    case "working":
      return t("turn.working", { worker: saying.workerId });
    case "failed":
      return known("error", saying.code) ?? t("error.unknown", { code: saying.code });
    default:
      return t(`say.${saying.what}`);
  }
}
