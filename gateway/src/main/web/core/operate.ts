// SPDX-License-Identifier: GPL-3.0-only
// What this page knows as an operator's: the token that it shows, whether it was believed, and how the realm is doing. Pure.
import { keep, type Sample } from "./chart.ts";
import type { ClientMessage, Failure, Operations, Realm, Worker } from "./protocol.ts";

export interface Figures extends Sample {
  waiting: number;
  placed: number | undefined;
  open: number;
  sessions: number;
}

export interface Operating {
  /** Shown with each greeting; undefined for somebody who is no operator. */
  token: string | undefined;
  /** The gateway said so. */
  admin: boolean;
  /** The last token was wrong. */
  wrong: boolean;
  /** What could not be done, in the gateway's words. */
  trouble: string | undefined;
  latest: Operations | undefined;
  history: readonly Figures[];
}

export type OperateEvent =
  | { kind: "sign-in"; token: string }
  | { kind: "sign-out" }
  | { kind: "drain" | "take-back"; workerId: string }
  | { kind: "rule"; action: "approve" | "drain" | "revoke"; host: string }
  | { kind: "tell"; words: string };

export const MAX_NOTICE_CHARS = 500;

export const NOBODY: Operating = { token: undefined, admin: false, wrong: false, trouble: undefined, latest: undefined, history: [] };

/** Somebody who may have signed in before in this tab. */
export function returning(token: string | undefined): Operating {
  return { ...NOBODY, token };
}

export function isOperateEvent(event: { kind: string }): event is OperateEvent {
  return ["sign-in", "sign-out", "drain", "take-back", "rule", "tell"].includes(event.kind);
}

/** What an operator did: the next state, and what to say to the gateway. Signing in or out is a greeting, for which the caller has the words. */
export function operate(operating: Operating, event: OperateEvent): { operating: Operating; messages: ClientMessage[]; greet: boolean } {
  const untroubled = { ...operating, trouble: undefined };
  switch (event.kind) {
    case "sign-in":
      return { operating: returning(event.token), messages: [], greet: true };
    case "sign-out":
      return { operating: NOBODY, messages: [], greet: true };
    case "drain":
    case "take-back": {
      const action = event.kind === "drain" ? "drain" : "resume";
      return { operating: untroubled, messages: [{ type: "admin", action, worker_id: event.workerId }], greet: false };
    }
    case "rule":
      return { operating: untroubled, messages: [{ type: "admin", action: event.action, host: event.host }], greet: false };
    case "tell":
      return { operating: untroubled, messages: [{ type: "admin", action: "notice", message: event.words }], greet: false };
  }
}

/** What the gateway takes this page for. */
export function welcomed(operating: Operating, admin: boolean): { operating: Operating; messages: ClientMessage[] } {
  if (!admin) {
    return { operating: { ...NOBODY, token: operating.token, wrong: operating.wrong }, messages: [] };
  }
  return { operating: { ...operating, admin, wrong: false }, messages: [{ type: "watch", topic: "admin", on: true }] };
}

/** An error that is about no intent; undefined if it is not about operating either. A wrong token is not shown again. */
export function refused(operating: Operating, error: Failure): Operating | undefined {
  if (error.code === "unauthorized" && operating.token !== undefined) {
    return { ...NOBODY, wrong: true };
  }
  return operating.admin ? { ...operating, trouble: error.message ?? error.code } : undefined;
}

export function told(operating: Operating, latest: Operations, now: number): Operating {
  // What was on its way when somebody signed out.
  return operating.admin ? { ...operating, latest, history: keep(operating.history, figures(latest, now)) } : operating;
}

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

function figures({ lines, dispatchers, gateways }: Operations, at: number): Figures {
  const rates = dispatchers.map(({ placed_per_s }) => placed_per_s).filter((rate) => rate !== undefined);
  return {
    at,
    waiting: sum(lines.map(({ waiting }) => waiting)),
    placed: rates.length === 0 ? undefined : sum(rates),
    open: sum(gateways.map(({ open }) => open)),
    sessions: sum(gateways.map(({ sessions }) => sessions)),
  };
}

/** The kinds of work that nobody else would take if this worker took nothing. */
export function onlyBy(realm: Realm, worker: Worker): string[] {
  const others = realm.workers.filter(({ worker_id, health }) => worker_id !== worker.worker_id && health === "healthy");
  return worker.query_types
    .map(({ query_type }) => query_type)
    .filter((type) => !others.some((other) => other.query_types.some(({ query_type }) => query_type === type)));
}
