// SPDX-License-Identifier: GPL-3.0-only
// Numbers for people.

const UNITS = { millisecond: "ms", second: "s", minute: "min" } as const;

/** 0.4 ms, 310 ms, 4.2 s, 2 min: as many digits as one can use. */
export function duration(millis: number, language: string, display: "short" | "long" = "short"): string {
  const [value, unit, digits] =
    millis < 9.95
      ? ([millis, "millisecond", 1] as const)
      : millis < 999.5
        ? ([millis, "millisecond", 0] as const)
        : millis < 9_950
          ? ([millis / 1000, "second", 1] as const)
          : millis < 99_500
            ? ([millis / 1000, "second", 0] as const)
            : ([millis / 60_000, "minute", 0] as const);
  if (display === "long") {
    return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: digits }).format(value);
  }
  // The symbols are the same everywhere; Intl's short forms are not ("sec", "Sek.").
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${UNITS[unit]}`;
}

export function percent(part: number, language: string): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(part);
}

export function size(bytes: number, language: string): string {
  const [value, unit] = bytes < 999_500 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
