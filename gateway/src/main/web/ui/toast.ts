// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { Light } from "./light.ts";

const SHOWN_MILLIS = 6_000;

/** The live regions of the page: one polite, one assertive; some sayings are shown as well. */
export class MtorToast extends Light {
  static override properties = { polite: { state: true }, urgent: { state: true }, shown: { state: true } };
  declare polite: string;
  declare urgent: string;
  declare shown: string;
  #timer = 0;

  constructor() {
    super();
    this.polite = this.urgent = this.shown = "";
  }

  say(words: string, how: { urgent?: boolean; shown?: boolean } = {}): void {
    // A region that is given the same words twice stays silent; a no-break space makes them new.
    const fresh = (old: string): string => (old === words ? `${words}\u00a0` : words);
    if (how.urgent) {
      this.urgent = fresh(this.urgent);
    } else {
      this.polite = fresh(this.polite);
    }
    if (how.shown) {
      this.shown = words;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.shown = ""), SHOWN_MILLIS);
    }
  }

  override render(): TemplateResult {
    return html`
      <div class="unseen" role="status" aria-live="polite">${this.polite}</div>
      <div class="unseen" role="alert" aria-live="assertive">${this.urgent}</div>
      <div class="toast" aria-hidden="true" ?hidden=${this.shown === ""}>${this.shown}</div>
    `;
  }
}
