// SPDX-License-Identifier: GPL-3.0-only
// The last five minutes of a few figures, and how to draw them: a ring of samples, a scale, a line with its gaps. Pure.

export const SPAN_MILLIS = 5 * 60_000;
/** A second is missing now and then; more than this is a gap in the line. */
export const GAP_MILLIS = 3_500;

export interface Sample {
  readonly at: number;
}

/** One reading of a line; undefined where nothing is known. */
export type Pick<S> = (sample: S) => number | undefined;

/** Adds the newest sample and lets go of what is older than the span. */
export function keep<S extends Sample>(samples: readonly S[], sample: S): readonly S[] {
  const from = samples.findIndex(({ at }) => at > sample.at - SPAN_MILLIS);
  return [...(from < 0 ? [] : samples.slice(from)), sample];
}

/** The next of 1, 2, 5, 10, 20, 50 … that nothing goes over. */
export function ceiling(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? 10 * power;
}

export interface Summary {
  last: number;
  least: number;
  most: number;
  mean: number;
}

export function known<S extends Sample>(samples: readonly S[], pick: Pick<S>): number[] {
  return samples.map(pick).filter((value) => value !== undefined);
}

/** What a chart says in words; undefined while nothing is known. */
export function summary(values: readonly number[]): Summary | undefined {
  const last = values.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { last, least: Math.min(...values), most: Math.max(...values), mean };
}

/** The line as SVG points, one list for each piece between two gaps; the newest sample is at the right edge. */
export function lines<S extends Sample>(samples: readonly S[], pick: Pick<S>, width: number, height: number): string[] {
  const end = samples.at(-1)?.at ?? 0;
  const top = ceiling(known(samples, pick));
  const pieces: string[][] = [];
  let before: number | undefined;
  for (const sample of samples) {
    const value = pick(sample);
    if (value === undefined) {
      before = undefined;
      continue;
    }
    if (before === undefined || sample.at - before > GAP_MILLIS) {
      pieces.push([]);
    }
    const x = width - ((end - sample.at) / SPAN_MILLIS) * width;
    pieces.at(-1)?.push(`${round(x)},${round(height - (value / top) * height)}`);
    before = sample.at;
  }
  // A line needs two ends.
  return pieces.map((points) => (points.length === 1 ? `${points[0]} ${points[0]}` : points.join(" ")));
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Some samples for a table, newest first, about so many seconds apart. */
export function rows<S extends Sample>(samples: readonly S[], everyMillis: number): S[] {
  const picked: S[] = [];
  for (const sample of [...samples].reverse()) {
    const last = picked.at(-1);
    if (last === undefined || last.at - sample.at >= everyMillis) {
      picked.push(sample);
    }
  }
  return picked;
}
