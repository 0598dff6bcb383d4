// SPDX-License-Identifier: GPL-3.0-only
// What goes out of the history, and what comes into it from a file. Pure, a part of step(state, event).
import type { Media } from "./media.ts";
import type { Effect, Next, State } from "./state.ts";
import { isOpen, type Turn } from "./turn.ts";
import { find, isUp, openTurns, put } from "./turns.ts";

/** What it takes that nothing is left of a turn, here or in the realm. */
export function removal(state: State, turn: Turn): Effect[] {
  const { guid } = turn.intent;
  const runs = isUp(state) && isOpen(turn) && turn.phase !== "saving";
  return [
    ...(runs ? [{ kind: "transmit", message: { type: "cancel", guid } } as const] : []),
    ...(isOpen(turn) ? [{ kind: "settle", guid } as const] : []),
    { kind: "erase", guid },
  ];
}

export function erase(state: State, guid: string): Next {
  const turn = find(state, guid);
  if (turn === undefined) {
    return { state, effects: [] };
  }
  const turns = state.turns.filter((other) => other !== turn);
  return { state: { ...state, turns }, effects: [...removal(state, turn), { kind: "say", say: { what: "erased" } }] };
}

/** An answer of which nothing is left goes with it. */
export function eraseMedia(state: State, guid: string, media: Media): Next {
  const turn = find(state, guid);
  if (turn === undefined || isOpen(turn) || !turn.media.includes(media)) {
    return { state, effects: [] };
  }
  const left: Turn = { ...turn, media: turn.media.filter((other) => other !== media) };
  if (left.text === "" && left.media.length === 0) {
    return erase(state, guid);
  }
  return { state: put(state, left), effects: [{ kind: "keep", turn: left }, { kind: "say", say: { what: "erased" } }] };
}

/** What is here stays as it is, whatever a file says of it. */
export function take(state: State, turns: readonly Turn[]): Next {
  const fresh = turns.filter((turn) => find(state, turn.intent.guid) === undefined && !isOpen(turn));
  const all = [...state.turns, ...fresh].sort((a, b) => a.intent.at - b.intent.at);
  return { state: { ...state, turns: all }, effects: fresh.map((turn): Effect => ({ kind: "keep", turn })) };
}

export function forget(state: State): Next {
  const open = openTurns(state).filter((turn) => turn.phase !== "saving");
  const cancels = open.map((turn): Effect => ({ kind: "transmit", message: { type: "cancel", guid: turn.intent.guid } }));
  return {
    state: { ...state, turns: [], resumes: {} },
    effects: [...(isUp(state) ? cancels : []), { kind: "forget" }, { kind: "say", say: { what: "forgotten" } }],
  };
}
