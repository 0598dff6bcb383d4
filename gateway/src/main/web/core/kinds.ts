// SPDX-License-Identifier: GPL-3.0-only
// The kinds of work that this page can ask for.
import type { Realm } from "./protocol.ts";
import type { State } from "./state.ts";

const USUAL = ["auto", "chat", "vision", "imagine", "speak"];

/** The usual kinds, then whatever else this realm has. */
export function kindsOf({ realm, queryTypes }: State): string[] {
  const announced = realm?.workers.flatMap(({ query_types }) => query_types.map(({ query_type }) => query_type)) ?? [];
  return [...new Set([...USUAL, ...queryTypes, ...announced.sort()])];
}

/** The kinds that somebody serves now; undefined while the realm has not said. */
export function servedBy(realm: Realm | undefined): ReadonlySet<string> | undefined {
  const present = realm?.workers.filter(({ health }) => health !== "down");
  return present && new Set(present.flatMap(({ query_types }) => query_types.map(({ query_type }) => query_type)));
}

/** Kinds of work that somebody does; the same array while they are the same, so that no answer is drawn again for it. */
export class Offered {
  #last: readonly string[] = [];

  of(kinds: readonly string[], served: ReadonlySet<string> | undefined): readonly string[] {
    const offered = kinds.filter((kind) => served?.has(kind) ?? true);
    if (offered.join() !== this.#last.join()) {
      this.#last = offered;
    }
    return this.#last;
  }
}
