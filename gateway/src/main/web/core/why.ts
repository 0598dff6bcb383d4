// SPDX-License-Identifier: GPL-3.0-only
// What this page knows about why a worker got an intent: noted when it was accepted, told on demand. Pure.
import type { Health, Realm, Worker } from "./protocol.ts";
import type { Turn } from "./turn.ts";

/** One of those that do this kind of work. */
export interface Candidate {
  name: string;
  health: Health;
  slots: number;
  inFlight: number;
  models: string[];
}

/** The realm as this page last saw it before the worker accepted; the dispatcher may have known more. */
export interface Seen {
  /** Workers that do this kind of work. */
  serving: number;
  healthy: number;
  /** Healthy ones with a free slot. */
  free: number;
  /** The first few of them, the chosen one among them. */
  candidates: Candidate[];
  /** The worker that got it, if the page knew of it. */
  chosen?: { host: string; health: Health; slots: number; inFlight: number };
}

/** One worker that had the intent. */
export interface Attempt {
  number: number;
  workerId: string;
  seen?: Seen;
  /** Why it did not end there, as the realm put it. */
  ended?: string;
}

/** Compact, because it is kept with the turn. */
export interface Why {
  attempts: Attempt[];
  /** The first place in line and the last one that was said. */
  places?: [number, number];
}

export const MAX_ATTEMPTS = 8;
export const MAX_CANDIDATES = 6;
const MAX_MODELS = 3;

function candidate({ name, health, slots, in_flight: inFlight, query_types }: Worker, queryType: string): Candidate {
  const models = query_types.find((served) => served.query_type === queryType)?.models ?? [];
  return { name, health, slots, inFlight, models: models.slice(0, MAX_MODELS) };
}

function see(realm: Realm, queryType: string, workerId: string): Seen {
  const serving = realm.workers.filter(({ query_types }) => query_types.some((served) => served.query_type === queryType));
  const healthy = serving.filter(({ health }) => health === "healthy");
  const worker = realm.workers.find(({ worker_id }) => worker_id === workerId);
  const first = [...serving.filter((each) => each === worker), ...serving.filter((each) => each !== worker)];
  const seen: Seen = {
    serving: serving.length,
    healthy: healthy.length,
    free: healthy.filter(isFree).length,
    candidates: first.slice(0, MAX_CANDIDATES).map((each) => candidate(each, queryType)),
  };
  return worker === undefined
    ? seen
    : { ...seen, chosen: { host: worker.name, health: worker.health, slots: worker.slots, inFlight: worker.in_flight } };
}

const isFree = ({ slots, in_flight }: Worker): boolean => in_flight < slots;

/** A worker has it. Said again after a lost connection it changes nothing. */
export function noteAccepted(turn: Turn, realm: Realm | undefined): Turn {
  const { attempts, ...rest } = turn.why ?? { attempts: [] };
  const { workerId, attempt: number } = turn;
  const last = attempts.at(-1);
  if (workerId === undefined || (last !== undefined && last.number >= number)) {
    return turn;
  }
  const queryType = turn.understood?.queryType ?? turn.intent.query_type;
  const next: Attempt = realm === undefined ? { number, workerId } : { number, workerId, seen: see(realm, queryType, workerId) };
  return { ...turn, why: { ...rest, attempts: [...attempts, next].slice(-MAX_ATTEMPTS) } };
}

/** The attempt before this one did not end. The next worker may have accepted before that is said. */
export function noteRestart(turn: Turn, attempt: number, reason: string): Turn {
  const { attempts, ...rest } = turn.why ?? { attempts: [] };
  const failed = attempts.filter(({ number }) => number < attempt).at(-1);
  if (failed === undefined || failed.ended !== undefined) {
    return turn;
  }
  return { ...turn, why: { ...rest, attempts: attempts.map((each) => (each === failed ? { ...each, ended: reason } : each)) } };
}

export function noteQueued(turn: Turn, position: number | undefined): Turn {
  if (position === undefined) {
    return turn;
  }
  const why = turn.why ?? { attempts: [] };
  return { ...turn, why: { ...why, places: [why.places?.[0] ?? position, position] } };
}

/** What can be told, in its order. */
export type Told =
  | { what: "asked"; queryType: string }
  | { what: "failed"; attempt: number; workerId: string; reason: string | undefined }
  | { what: "others"; serving: number; healthy: number; free: number }
  | { what: "candidates"; candidates: Candidate[]; more: number }
  | { what: "only" }
  | { what: "chosen"; health: Health; slots: number; inFlight: number }
  | { what: "unseen" }
  | { what: "waited"; millis: number | undefined; from: number }
  | { what: "at-once" }
  | { what: "rule" };

export function tell(turn: Turn): Told[] {
  const { why, timing, workerId } = turn;
  if (workerId === undefined || why === undefined || why.attempts.length === 0) {
    return [];
  }
  const told: Told[] = [{ what: "asked", queryType: turn.understood?.queryType ?? turn.intent.query_type }];
  const before = why.attempts.slice(0, -1);
  told.push(...before.map(({ number, workerId, ended }): Told => ({ what: "failed", attempt: number, workerId, reason: ended })));
  const seen = why.attempts.at(-1)?.seen;
  if (seen?.chosen === undefined) {
    told.push({ what: "unseen" });
  } else {
    const { health, slots, inFlight } = seen.chosen;
    told.push(seen.serving === 1 ? { what: "only" } : { what: "others", serving: seen.serving, healthy: seen.healthy, free: seen.free });
    if (seen.serving > 1) {
      told.push({ what: "candidates", candidates: seen.candidates, more: seen.serving - seen.candidates.length });
    }
    told.push({ what: "chosen", health, slots, inFlight });
  }
  if (why.places !== undefined) {
    told.push({ what: "waited", millis: timing?.queue_ms, from: why.places[0] });
  } else if (timing?.queue_ms !== undefined) {
    told.push(timing.queue_ms >= 1 ? { what: "waited", millis: timing.queue_ms, from: 0 } : { what: "at-once" });
  }
  told.push({ what: "rule" });
  return told;
}
