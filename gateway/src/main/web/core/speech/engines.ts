// SPDX-License-Identifier: GPL-3.0-only
// Who turns speech into text: the realm first, then this device, then the vendor of the browser if one has agreed. Pure.

/** `none`: one can only type. */
export type Engine = "realm" | "device" | "vendor" | "none";

/** An engine that is there but fails is left alone for so long. */
export const BROKEN_MILLIS = 24 * 60 * 60 * 1_000;

export interface Engines {
  /** A worker of the realm transcribes. */
  realm: boolean;
  /** The browser recognises speech without sending it anywhere. */
  device: boolean;
  /** The browser recognises speech by sending it to its vendor. */
  vendor: boolean;
  /** The user has agreed to the latter. */
  consent: boolean;
  /** Until when an engine is left alone, in milliseconds since 1970. */
  broken: Readonly<Partial<Record<Engine, number>>>;
}

export function pick({ realm, device, vendor, consent, broken }: Engines, now: number): Engine {
  const works = (engine: Engine): boolean => (broken[engine] ?? 0) <= now;
  if (realm) {
    return "realm";
  }
  if (device && works("device")) {
    return "device";
  }
  return vendor && consent && works("vendor") ? "vendor" : "none";
}

/** Whether it may listen for the wake word: nothing that was not meant for the page goes to anybody outside. */
export function mayWake(engine: Engine): boolean {
  return engine === "realm" || engine === "device";
}

/** What was kept of engines that failed, as far as it makes sense. */
export function readBroken(kept: string | null): Partial<Record<Engine, number>> {
  try {
    const found = JSON.parse(kept ?? "{}") as Record<string, unknown> | null;
    return Object.fromEntries(
      (["device", "vendor"] as const).flatMap((engine) => {
        const until = found?.[engine];
        return typeof until === "number" && Number.isFinite(until) ? [[engine, until]] : [];
      }),
    );
  } catch {
    return {};
  }
}
