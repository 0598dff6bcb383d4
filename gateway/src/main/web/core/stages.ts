// SPDX-License-Identifier: GPL-3.0-only
// Where the time of an answer went. Pure.
import type { Turn } from "./turn.ts";

export const STAGES = ["routed", "waited", "began", "worked", "delivered"] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  name: StageName;
  millis: number;
}

/**
 * The stages that were measured, in their order. The worker's time is split at its first chunk; what the page waited
 * beyond all that the realm accounts for is the way there and back.
 */
export function stages({ timing, deliverMillis }: Turn): Stage[] {
  const all: [StageName, number | undefined][] = [
    ["routed", timing?.dispatch_us === undefined ? undefined : timing.dispatch_us / 1000],
    ["waited", timing?.queue_ms],
    ["began", timing?.first_ms],
    ["worked", timing?.work_ms === undefined ? undefined : Math.max(0, timing.work_ms - (timing.first_ms ?? 0))],
    ["delivered", deliverMillis],
  ];
  return all.flatMap(([name, millis]) => (millis === undefined || !Number.isFinite(millis) ? [] : [{ name, millis }]));
}

/** No stage is thinner than this part of the bar, in percent: what took no time was still there. */
export const MIN_SHARE = 0.8;

/** Where each stage lies on a bar that is 100 wide. */
export function shares(all: readonly Stage[]): { name: StageName; from: number; width: number }[] {
  const total = all.reduce((sum, { millis }) => sum + millis, 0) || 1;
  const free = 100 - MIN_SHARE * all.length;
  let from = 0;
  return all.map(({ name, millis }) => {
    const width = MIN_SHARE + (free * millis) / total;
    const share = { name, from, width };
    from += width;
    return share;
  });
}
