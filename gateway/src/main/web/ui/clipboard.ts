// SPDX-License-Identifier: GPL-3.0-only
import { t } from "../core/i18n.ts";

/** Copies, and says so in the page's live region. On a plain http page of a local network the old way has to do. */
export async function copyText(text: string, event: Event): Promise<void> {
  const origin = event.currentTarget;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  origin?.dispatchEvent(new CustomEvent("mtor-toast", { detail: { words: t("turn.copied") }, bubbles: true, composed: true }));
}

function copyBySelection(text: string): void {
  const focused = document.activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
}
