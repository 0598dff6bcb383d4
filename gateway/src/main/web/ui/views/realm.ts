// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { t } from "../../core/i18n.ts";
import type { State } from "../../core/state.ts";
import { Light } from "../light.ts";

export class MtorRealm extends Light {
  static override properties = { state: { attribute: false }, language: {} };
  declare state: State;
  declare language: string;

  override render(): TemplateResult {
    return html`<section aria-labelledby="view-title"><h2 id="view-title">${t("nav.realm")}</h2></section>`;
  }
}
