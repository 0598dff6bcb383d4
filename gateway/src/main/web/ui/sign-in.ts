// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../core/i18n.ts";
import type { OperateEvent, Operating } from "../core/operate.ts";

const MAX_TOKEN_CHARS = 4096;

/** Where an operator shows the token, among the settings. The button stays the same, so that the focus has a place. */
export function signIn(operating: Operating, act: (event: OperateEvent) => void): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const token = String(new FormData(form).get("token") ?? "");
    form.reset();
    form.querySelector("button")?.focus();
    if (operating.admin) {
      act({ kind: "sign-out" });
    } else if (token !== "") {
      act({ kind: "sign-in", token });
    }
  };
  return html`<form class="operator" @submit=${submit}>
    ${operating.admin
      ? html`<p class="dim">${t("operate.in")}</p>`
      : html`<label>
          <span>${t("operate.sign")}</span>
          <input type="password" name="token" autocomplete="off" required maxlength=${MAX_TOKEN_CHARS} />
        </label>`}
    <button class="small">${t(operating.admin ? "operate.out" : "operate.go")}</button>
    <p role="alert" class="wrong">${operating.wrong ? t("operate.wrong") : nothing}</p>
  </form>`;
}
