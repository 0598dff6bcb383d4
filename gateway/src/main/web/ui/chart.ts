// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, svg, type TemplateResult } from "lit";
import { ceiling, known, lines, rows, summary, SPAN_MILLIS, type Pick, type Sample, type Summary } from "../core/chart.ts";
import { currentLanguage } from "../core/i18n.ts";
import { v } from "../core/view-words.ts";

const WIDTH = 300;
const HEIGHT = 80;
const ROW_MILLIS = 30_000;

export function number(value: number | undefined): string {
  return value === undefined ? "–" : new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(value);
}

/** A line over the last five minutes, what it says in words, and the same as a table. */
export function chart<S extends Sample>(title: string, samples: readonly S[], pick: Pick<S>): TemplateResult {
  const values = known(samples, pick);
  const said = summary(values);
  const top = ceiling(values);
  return html`<figure class="chart">
    <figcaption>
      <h4>${title}</h4>
      <p class="now number">${number(said?.last)}</p>
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="grid" d="M0 ${HEIGHT}H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 0H${WIDTH}" />
      ${lines(samples, pick, WIDTH, HEIGHT).map((points) => svg`<polyline points=${points} />`)}
    </svg>
    <p class="scale number" aria-hidden="true"><span>${v("chart.from", { minutes: SPAN_MILLIS / 60_000 })}</span><span>${v("chart.top", { top: number(top) })}</span></p>
    <p class="dim">
      ${said === undefined ? v("chart.nothing") : words(said)}
    </p>
    ${said === undefined ? nothing : table(title, samples, pick)}
  </figure>`;
}

function words({ least, most, mean }: Summary): string {
  return least === most ? v("chart.steady", { value: number(least) }) : v("chart.summary", { least: number(least), most: number(most), mean: number(mean) });
}

function table<S extends Sample>(title: string, samples: readonly S[], pick: Pick<S>): TemplateResult {
  const end = samples.at(-1)?.at ?? 0;
  return html`<details>
    <summary>${v("chart.table")}</summary>
    <table>
      <caption class="unseen">${title}</caption>
      <thead>
        <tr>
          <th scope="col">${v("chart.ago")}</th>
          <th scope="col">${v("chart.value")}</th>
        </tr>
      </thead>
      <tbody>
        ${rows(samples, ROW_MILLIS).map(
          (sample) => html`<tr>
            <th scope="row">${v("chart.seconds", { seconds: Math.round((end - sample.at) / 1000) })}</th>
            <td>${number(pick(sample))}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
