// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { v } from "../../core/view-words.ts";
import { httpsAddress } from "../../core/where.ts";
import { Light } from "../light.ts";

/** Says why there is no microphone on plain HTTP, and where this gateway is to be had over HTTPS. */
export class MtorElsewhere extends Light {
  static override properties = { language: {}, found: { state: true } };
  declare language: string;
  /** The address, if the gateway tells one; undefined as long as it was not asked. */
  declare found: { address: string | undefined } | undefined;

  async show(): Promise<void> {
    const told: unknown = await fetch("/where")
      .then((response) => response.json())
      .catch(() => undefined);
    this.found = { address: httpsAddress(told) };
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  override render(): unknown {
    if (this.found === undefined) {
      return nothing;
    }
    const { address } = this.found;
    return html`<dialog class="elsewhere" aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">${v("elsewhere.title")}</h2>
      <p>${v("elsewhere.why")}</p>
      ${address === undefined ? html`<p>${v("elsewhere.none")}</p>` : this.#offer(address)}
      <div class="buttons">
        <button type="button" class="capsule" @click=${() => this.#dialog?.close()}>${v("elsewhere.close")}</button>
      </div>
    </dialog>`;
  }

  #offer(address: string): TemplateResult {
    return html`<p><a class="address" href=${address} autofocus>${address}</a></p>
      <figure>
        <img src="/qr.svg" width="232" height="232" alt=${v("elsewhere.code", { address })} />
        <figcaption>${v("elsewhere.phone")}</figcaption>
      </figure>
      <p class="dim">${v("elsewhere.warning")}</p>
      <p class="dim">${v("elsewhere.anew")}</p>`;
  }
}
