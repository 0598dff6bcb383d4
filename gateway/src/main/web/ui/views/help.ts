// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { t } from "../../core/i18n.ts";
import type { Speech } from "../../core/speech/speech.ts";
import { Light } from "../light.ts";

export class MtorHelp extends Light {
  static override properties = { speech: { attribute: false }, language: {} };
  declare speech: Speech;
  declare language: string;

  override render(): TemplateResult {
    return html`<section aria-labelledby="view-title"><h2 id="view-title">${t("nav.help")}</h2></section>`;
  }
}
