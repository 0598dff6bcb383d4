// SPDX-License-Identifier: GPL-3.0-only
// The few drawings of the page; all of them decoration beside words.
import { html, svg, type TemplateResult } from "lit";
import type { Health } from "../core/protocol.ts";

const icon = (shape: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const send = icon(svg`<path d="M12 19V6M6 12l6-6 6 6"/>`);
export const stop = icon(svg`<rect x="7" y="7" width="10" height="10" rx="2" class="solid"/>`);
export const picture = icon(
  svg`<rect x="3.5" y="5" width="17" height="14" rx="3"/><circle cx="9" cy="10" r="1.5"/><path d="m5 17 5-4 3 2 3-3 4 4"/>`,
);
export const close = icon(svg`<path d="m7 7 10 10M17 7 7 17"/>`);
export const copy = icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/><path d="M5 15V7a2.5 2.5 0 0 1 2.5-2.5H15"/>`);
export const again = icon(svg`<path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4"/>`);
export const gear = icon(
  svg`<path d="M4 8h9M18 8h2M4 16h2M11 16h9"/><circle cx="15.5" cy="8" r="2.5"/><circle cx="8.5" cy="16" r="2.5"/>`,
);

export const edit = icon(svg`<path d="m5 19 1-4L16.5 4.5l3 3L9 18zM14 7l3 3"/>`);
export const camera = icon(svg`<path d="M4 8.5A2 2 0 0 1 6 6.5h2l1.5-2h5l1.5 2h2a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><circle cx="12" cy="12.5" r="3.5"/>`);
export const screen = icon(svg`<rect x="3.5" y="4.5" width="17" height="11.5" rx="2"/><path d="M12 16v4M8.5 20h7"/>`);
export const bin = icon(svg`<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.400L17 7M10.5 10.5v6M13.5 10.5v6"/>`);
export const previous = icon(svg`<path d="m14.5 5-7 7 7 7"/>`);
export const next = icon(svg`<path d="m9.5 5 7 7-7 7"/>`);

export const talk = icon(svg`<path d="M5 6.5A2.5 2.5 0 0 1 7.5 4h9A2.5 2.5 0 0 1 19 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4 4v-4a2 2 0 0 1-2-2z"/>`);
export const realm = icon(
  svg`<circle cx="5" cy="12" r="2"/><circle cx="18.5" cy="5.5" r="2"/><circle cx="18.5" cy="12" r="2"/><circle cx="18.5" cy="18.5" r="2"/><path d="M7 12h9.5M6.5 10.6l10.2-4.3M6.5 13.4l10.2 4.3"/>`,
);
export const history = icon(svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4v3.5H8M12 7.5V12l3 2"/>`);
export const help = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.4a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.2.9-1.2 1.9M12 16.6v.1"/>`);

export const microphone = icon(svg`<rect x="9" y="3.5" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`);
export const muted = icon(svg`<rect x="9" y="3.5" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M4 4l16 16"/>`);

/** The brand mark: an elbow and the intent that turns it. */
export const mark = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <path class="elbow" d="M3 29V15A12 12 0 0 1 15 3h14v8H16a5 5 0 0 0-5 5v13z" />
  <circle class="dot" cx="22.5" cy="22.5" r="5.5" />
</svg>`;

/** Round for healthy, square for degraded, triangle for down, a ring for draining. */
export function health(state: Health): TemplateResult {
  return html`<svg class="health ${state}" viewBox="0 0 12 12" aria-hidden="true" focusable="false">${healthShape(state)}</svg>`;
}

/** The same inside of a drawing, 12 by 12. */
export function healthShape(state: Health): TemplateResult {
  switch (state) {
    case "healthy":
      return svg`<circle cx="6" cy="6" r="5"></circle>`;
    case "degraded":
      return svg`<rect x="1.5" y="1.5" width="9" height="9" rx="1"></rect>`;
    case "down":
      return svg`<path d="M6 1 11.5 11H.5z"></path>`;
    case "draining":
      return svg`<circle cx="6" cy="6" r="4" class="ring"></circle>`;
  }
}
