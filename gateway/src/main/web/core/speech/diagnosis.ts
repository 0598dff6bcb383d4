// SPDX-License-Identifier: GPL-3.0-only
// Why the microphone is off, from all that the page can find out. Pure.
import { isOpen, type Reason, type Speech } from "./speech.ts";

export type Diagnosis = Reason | "on" | "nobody" | "unknown";
export type BrowserName = "chromium" | "firefox" | "safari" | "other";

export interface Look {
  speech: Speech;
  /** The kinds that somebody serves now; undefined while the realm has not said. */
  served: ReadonlySet<string> | undefined;
  secure: boolean;
  /** As the browser says it without asking anybody; undefined where it does not. */
  permission: string | undefined;
}

/** What stands in the way first comes first: a permission is no use where the browser would never ask for it. */
export function diagnose({ speech, served, secure, permission }: Look): Diagnosis {
  if (isOpen(speech)) {
    return "on";
  }
  if (!secure) {
    return "insecure";
  }
  if (served === undefined) {
    return "unknown";
  }
  if (speech.manner.engine === "none") {
    return "nobody";
  }
  return permission === "denied" ? "denied" : speech.reason === "denied" && permission === "granted" ? "resting" : speech.reason;
}

/** By what it calls itself; all of them claim to be others, too. */
export function browserOf(userAgent: string): BrowserName {
  return /Firefox|FxiOS/.test(userAgent)
    ? "firefox"
    : /Chrom|CriOS|Edg/.test(userAgent)
      ? "chromium"
      : /Safari/.test(userAgent)
        ? "safari"
        : "other";
}
