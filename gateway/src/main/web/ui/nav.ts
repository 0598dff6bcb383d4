// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { t } from "../core/i18n.ts";
import { VIEWS, type View } from "../core/route.ts";
import * as icons from "./icons.ts";
import { Light } from "./light.ts";

const ICONS: Readonly<Record<View, TemplateResult>> = {
  talk: icons.talk,
  realm: icons.realm,
  gallery: icons.picture,
  history: icons.history,
  help: icons.help,
  admin: icons.gear,
};

/** The parts of the page: a rail at the side of a wide window, tabs at the foot of a narrow one. */
export class MtorNav extends Light {
  static override properties = { view: {}, admin: { type: Boolean }, language: {} };
  declare view: View;
  /** True if this user may see the view of operators. */
  declare admin: boolean;
  declare language: string;

  override render(): TemplateResult {
    const views = VIEWS.filter((view) => view !== "admin" || this.admin);
    return html`<nav aria-label=${t("nav.label")}>
      ${views.map(
        (view) => html`<a href="#${view}" aria-current=${view === this.view ? "page" : "false"}>${ICONS[view]}<span>${t(`nav.${view}`)}</span></a>`,
      )}
    </nav>`;
  }
}
