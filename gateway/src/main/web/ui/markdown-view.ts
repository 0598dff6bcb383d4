// SPDX-License-Identifier: GPL-3.0-only
// The tree of core/markdown as templates: every text reaches the page as a text node.
import { html, nothing, type TemplateResult } from "lit";
import type { Inline } from "../core/inline.ts";
import { parse, type Block } from "../core/markdown.ts";
import { t } from "../core/i18n.ts";
import { copyText } from "./clipboard.ts";
import * as icons from "./icons.ts";

/** Longer answers are shown as they came: nobody reads them formatted. */
export const MAX_FORMATTED_CHARS = 200_000;

export function markdown(text: string): unknown {
  return text.length > MAX_FORMATTED_CHARS ? html`<p class="plain">${text}</p>` : parse(text).map(block);
}

function block(node: Block): TemplateResult {
  switch (node.is) {
    case "paragraph":
      return html`<p>${node.of.map(inline)}</p>`;
    case "heading":
      return heading(node.level, node.of.map(inline));
    case "code":
      return html`<div class="code">
        <div class="code-head">
          <span>${node.language || "text"}</span>
          <button type="button" class="quiet" aria-label=${t("code.copy")} @click=${(event: Event) => copyText(node.text, event)}>
            ${icons.copy}<span>${t("turn.copy")}</span>
          </button>
        </div>
        <pre tabindex="0"><code>${node.text}</code></pre>
      </div>`;
    case "list": {
      const items = node.items.map((item) => html`<li>${tight(item)}</li>`);
      return node.ordered ? html`<ol start=${node.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "quote":
      return html`<blockquote>${node.of.map((inner) => block(inner))}</blockquote>`;
    case "table":
      return html`<div class="table" tabindex="0"><table>
        <thead><tr>${node.head.map((cell, i) => html`<th scope="col" class=${node.align[i] ?? "start"}>${cell.map(inline)}</th>`)}</tr></thead>
        <tbody>${node.rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class=${node.align[i] ?? "start"}>${cell.map(inline)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
    case "rule":
      return html`<hr />`;
  }
}

/** An item that is one paragraph needs none around it. */
function tight(item: Block[]): unknown {
  return item.map((inner, i) => (i === 0 && inner.is === "paragraph" ? inner.of.map(inline) : block(inner)));
}

/** An answer's headings come below those of the page: its first level is the page's third. */
function heading(level: number, of: unknown): TemplateResult {
  switch (level) {
    case 1:
      return html`<h3>${of}</h3>`;
    case 2:
      return html`<h4>${of}</h4>`;
    case 3:
      return html`<h5>${of}</h5>`;
    default:
      return html`<h6>${of}</h6>`;
  }
}

function inline(node: Inline): unknown {
  switch (node.is) {
    case "text":
      return node.text;
    case "code":
      return html`<code>${node.text}</code>`;
    case "em":
      return html`<em>${node.of.map(inline)}</em>`;
    case "strong":
      return html`<strong>${node.of.map(inline)}</strong>`;
    case "del":
      return html`<del>${node.of.map(inline)}</del>`;
    case "link":
      return html`<a href=${node.href} target="_blank" rel="noopener noreferrer nofollow">${node.of.map(inline)}</a>`;
    case "break":
      return html`<br />`;
    default:
      return nothing;
  }
}
