// SPDX-License-Identifier: GPL-3.0-only
// The few assertions the tests need; a library of them would have to come from a registry.

function fail(words: string, actual: unknown, expected: unknown, note?: string): never {
  const show = (value: unknown): string => JSON.stringify(value, (_, inner) => (inner === undefined ? "undefined" : inner), 1);
  throw new Error(`${note ? `${note}: ` : ""}${words}\nactual:   ${show(actual)}\nexpected: ${show(expected)}`);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

export function ok(value: unknown, note?: string): asserts value {
  if (!value) {
    fail("should hold", value, true, note);
  }
}

export function equal(actual: unknown, expected: unknown, note?: string): void {
  if (!Object.is(actual, expected)) {
    fail("should be equal", actual, expected, note);
  }
}

export function deepEqual(actual: unknown, expected: unknown, note?: string): void {
  if (!same(actual, expected)) {
    fail("should be alike", actual, expected, note);
  }
}

export function notEqual(actual: unknown, expected: unknown, note?: string): void {
  if (Object.is(actual, expected)) {
    fail("should differ", actual, expected, note);
  }
}

export function match(actual: string, pattern: RegExp, note?: string): void {
  if (!pattern.test(actual)) {
    fail("should match", actual, String(pattern), note);
  }
}
