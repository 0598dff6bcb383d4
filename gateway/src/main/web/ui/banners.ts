// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { currentLanguage, t, tn } from "../core/i18n.ts";
import type { Speech } from "../core/speech/speech.ts";
import type { State } from "../core/state.ts";
import { openTurns } from "../core/turns.ts";
import * as icons from "./icons.ts";

/** What the whole page must say: that the connection is lost, what an operator has to tell, and that there is a new version. */
export function banners(state: State, { mode }: Speech, connectNow: () => void, dismiss: () => void): TemplateResult {
  const { link, everUp, notice } = state;
  const unsent = openTurns(state).length;
  const lost = link.phase === "offline" || link.phase === "waiting" || (link.phase === "connecting" && everUp);
  const busy = unsent > 0 || (mode !== "off" && mode !== "asleep");
  return html`<div class="banners">
    ${lost || notice ? messages(state, lost, unsent, connectNow, dismiss) : nothing}
    <mtor-update ?busy=${busy} ?up=${link.phase === "up"} language=${currentLanguage()}></mtor-update>
  </div>`;
}

function messages({ link, notice }: State, lost: boolean, unsent: number, connectNow: () => void, dismiss: () => void): TemplateResult {
  return html`<section aria-label=${t("banner.label")}>
    ${lost
      ? html`<div class="banner">
          ${icons.health(link.phase === "offline" ? "down" : "degraded")}
          <p>${t(link.phase === "offline" ? "banner.offline" : "banner.waiting")} ${unsent > 0 ? tn("banner.unsent", unsent) : nothing}</p>
          <button type="button" class="capsule" @click=${connectNow}>${t("banner.now")}</button>
        </div>`
      : nothing}
    ${notice
      ? html`<div class="banner notice" role="status">
          <p><strong>${t("banner.notice")}:</strong> ${notice}</p>
          <button type="button" class="capsule" @click=${dismiss}>${t("banner.dismiss")}</button>
        </div>`
      : nothing}
  </section>`;
}
