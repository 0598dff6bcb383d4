// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type PropertyValues } from "lit";
import { t } from "../core/i18n.ts";
import { verdict } from "../core/version.ts";
import { Installed, ownVersion } from "./installed.ts";
import { Light } from "./light.ts";

/** After the page has loaded, so that it does not load more slowly. */
const AFTER_LOAD_MILLIS = 2_000;

/** Installs the service worker, and offers a new version of the page when there is one. */
export class MtorUpdate extends Light {
  static override properties = { busy: { type: Boolean }, up: { type: Boolean }, language: {}, wanted: { state: true }, dismissed: { state: true } };
  /** A reload would cut something off. */
  declare busy: boolean;
  /** Connected to a gateway. */
  declare up: boolean;
  declare language: string;
  declare wanted: boolean;
  /** The version that was offered and not wanted. */
  declare dismissed: string | undefined;
  readonly #own = ownVersion();
  readonly #installed = new Installed(() => this.requestUpdate());

  constructor() {
    super();
    this.wanted = false;
    const start = (): void => void setTimeout(() => void this.#installed.start(), AFTER_LOAD_MILLIS);
    if (document.readyState === "complete") {
      start();
    } else {
      addEventListener("load", start, { once: true });
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    // A gateway that comes back may have come back as another version.
    if (changed.has("up") && this.up && changed.get("up") === false) {
      void this.#installed.ask();
    }
    const { active, waiting } = this.#installed;
    const what = verdict({ own: this.#own, active, waiting, wanted: this.wanted, busy: this.busy });
    if (what === "follow" || (what === "reload" && waiting !== undefined)) {
      this.#installed.follow();
    } else if (what === "reload") {
      location.reload();
    }
  }

  override render(): unknown {
    const { active, waiting } = this.#installed;
    const what = verdict({ own: this.#own, active, waiting, wanted: this.wanted, busy: this.busy });
    const newer = waiting ?? active;
    if ((what !== "offer" && what !== "soon") || this.dismissed === newer) {
      return nothing;
    }
    return html`<section class="banner update" aria-label=${t("update.label")}>
      <p role="status">${t(what === "offer" ? "update.ready" : "update.soon")}</p>
      ${what === "offer"
        ? html`<button type="button" class="capsule" @click=${() => (this.wanted = true)}>${t("update.now")}</button>
            <button type="button" class="capsule" @click=${() => (this.dismissed = newer)}>${t("update.later")}</button>`
        : html`<button type="button" class="capsule" @click=${() => (this.wanted = false)}>${t("update.later")}</button>`}
    </section>`;
  }
}
