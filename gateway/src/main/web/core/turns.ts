// SPDX-License-Identifier: GPL-3.0-only
// The turns of a state, and its connection, as every change of it looks at them.
import type { State } from "./state.ts";
import { isOpen, type Turn } from "./turn.ts";

export const isUp = (state: State): boolean => state.link.phase === "up";

export const find = (state: State, guid: string): Turn | undefined => state.turns.find((turn) => turn.intent.guid === guid);

export function put(state: State, turn: Turn): State {
  return { ...state, turns: state.turns.map((old) => (old.intent.guid === turn.intent.guid ? turn : old)) };
}

export function openTurns(state: State): Turn[] {
  return state.turns.filter(isOpen);
}
