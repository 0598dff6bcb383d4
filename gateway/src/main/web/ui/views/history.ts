// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { t } from "../../core/i18n.ts";
import type { Turn } from "../../core/turn.ts";
import { Light } from "../light.ts";

export class MtorHistory extends Light {
  static override properties = { turns: { attribute: false }, language: {} };
  declare turns: readonly Turn[];
  declare language: string;

  override render(): TemplateResult {
    return html`<section aria-labelledby="view-title"><h2 id="view-title">${t("nav.history")}</h2></section>`;
  }
}
