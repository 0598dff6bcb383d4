// SPDX-License-Identifier: GPL-3.0-only
import { html, render } from "lit";

export interface Question {
  /** Names the dialogue. */
  id: string;
  title: string;
  detail: string;
  yes: string;
  no: string;
}

/** Asks before something is lost. True for yes; Esc is no. What had the focus gets it back. */
export function ask({ id, title, detail, yes, no }: Question): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.id = id;
  dialog.setAttribute("aria-labelledby", `${id}-ask`);
  render(
    html`<h2 id=${`${id}-ask`}>${title}</h2>
      <p>${detail}</p>
      <form method="dialog">
        <button class="capsule" autofocus>${no}</button>
        <button class="capsule danger" value="yes">${yes}</button>
      </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
