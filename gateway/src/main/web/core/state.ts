// SPDX-License-Identifier: GPL-3.0-only
// The whole page as one value, and the one function that changes it: step(state, event) → state and effects. Pure.
import type { LinkState } from "./link.ts";
import type { Media } from "./media.ts";
import { isOperateEvent, operate, refused, returning, told, welcomed, type OperateEvent, type Operating } from "./operate.ts";
import type { Intent } from "./outbox.ts";
import { CLIENT, type ClientMessage, type Have, type Limits, type Realm, type ServerMessage } from "./protocol.ts";
import { erase, eraseMedia, forget, removal, take } from "./removing.ts";
import { arrived, disconnected, failed, freshTurn, haveSeq, isOpen, receive, type Step, type Turn } from "./turn.ts";
import { find, isUp, openTurns, put } from "./turns.ts";
import { noteAccepted } from "./why.ts";

export const MAX_OPEN_INTENTS = 16;
export const MAX_TURNS = 200;
/** After so many gaps in one answer the page stops asking and waits for the result, which is whole. */
export const MAX_RESUMES = 3;
/** An answer that grows is kept this often, so that a reload goes on near where it was. A page that goes away is too late. */
export const KEEP_MILLIS = 500;

export interface State {
  userId: string;
  link: LinkState;
  everUp: boolean;
  roundTripMillis: number | undefined;
  limits: Limits;
  queryTypes: readonly string[];
  realm: Realm | undefined;
  notice: string | undefined;
  operating: Operating;
  /** Oldest first. */
  turns: readonly Turn[];
  resumes: Readonly<Record<string, number>>;
}

export type Event =
  | { kind: "loaded"; turns: Turn[]; open: Intent[] }
  | { kind: "send"; intent: Intent; replaces?: string }
  | { kind: "saved"; guid: string; now: number }
  | { kind: "stop"; guid: string }
  /** It was being read aloud, and was cut short after these words. */
  | { kind: "interrupted"; guid: string; heard: string }
  | { kind: "link"; link: LinkState; now: number }
  | { kind: "round-trip"; millis: number }
  | { kind: "message"; message: ServerMessage; now: number }
  | { kind: "media"; guid: string; media: Media }
  | { kind: "dismiss-notice" }
  /** A turn goes; what still runs of it is stopped. */
  | { kind: "erase"; guid: string }
  /** One picture or sound of an answer goes. */
  | { kind: "erase-media"; guid: string; media: Media }
  /** Ended turns out of a file. */
  | { kind: "import"; turns: readonly Turn[] }
  | OperateEvent
  | { kind: "forget" };

export type Effect =
  /** Into the outbox; answered by the event `saved`. */
  | { kind: "save"; intent: Intent }
  | { kind: "submit"; intent: Intent }
  | { kind: "transmit"; message: ClientMessage }
  /** The turn as it is now goes into the history. */
  | { kind: "keep"; turn: Turn }
  | { kind: "settle"; guid: string }
  | { kind: "erase"; guid: string }
  | { kind: "open-stream"; guid: string; stream: number; mediaType: string; seq: number | undefined; wanted: boolean }
  | { kind: "drop-streams" }
  | { kind: "reconnect" }
  | { kind: "forget" }
  | { kind: "say"; say: Saying };

/** What the live region announces; words are found by the page. */
export type Saying =
  | { what: "connected" | "lost" | "sent" | "ready" | "stopped" | "restarted" | "too-many" | "forgotten" | "erased" }
  | { what: "queued"; position: number; etaMillis?: number }
  | { what: "working"; workerId: string }
  /** `guid` is missing when it is about the connection and no answer shows it. */
  | { what: "failed"; code: string; guid?: string };

export interface Next {
  state: State;
  effects: Effect[];
}

export function initial(userId: string, token?: string): State {
  return {
    userId,
    link: { phase: "connecting" },
    everUp: false,
    roundTripMillis: undefined,
    limits: {},
    queryTypes: [],
    realm: undefined,
    notice: undefined,
    operating: returning(token),
    turns: [],
    resumes: {},
  };
}

export function step(state: State, event: Event): Next {
  if (isOperateEvent(event)) {
    const { operating, messages, greet } = operate(state.operating, event);
    const next = { ...state, operating };
    const said = greet ? [hello(next, {})] : messages;
    return { state: next, effects: isUp(state) ? said.map(transmit) : [] };
  }
  switch (event.kind) {
    case "loaded":
      return loaded(state, event.turns, event.open);
    case "send":
      return send(state, event.intent, event.replaces);
    case "saved":
      return saved(state, event.guid, event.now);
    case "stop":
      return stop(state, event.guid);
    case "interrupted":
      return interrupted(state, event.guid, event.heard);
    case "link":
      return link(state, event.link, event.now);
    case "round-trip":
      return { state: { ...state, roundTripMillis: event.millis }, effects: [] };
    case "message":
      return message(state, event.message, event.now);
    case "media":
      return media(state, event.guid, event.media);
    case "dismiss-notice":
      return { state: { ...state, notice: undefined }, effects: [] };
    case "erase":
      return erase(state, event.guid);
    case "erase-media":
      return eraseMedia(state, event.guid, event.media);
    case "import":
      return take(state, event.turns);
    case "forget":
      return forget(state);
  }
}

/** The history of this browser. An intent that was open when the page went away is open again, as far as it was kept. */
function loaded(state: State, turns: Turn[], open: Intent[]): Next {
  const waiting = new Map(open.map((intent) => [intent.guid, intent]));
  const known = new Set([...turns, ...state.turns].map((turn) => turn.intent.guid));
  const old = turns.map((turn): Turn => {
    const intent = waiting.get(turn.intent.guid);
    if (intent !== undefined) {
      return { ...disconnected(turn), intent, phase: turn.workerId === undefined ? "open" : "working" };
    }
    // Its intent was never kept, or is another tab's: nothing more will come of it here.
    return isOpen(turn) ? failed(turn, { code: "unfinished", retryable: true }) : turn;
  });
  const orphans = open.filter((intent) => !known.has(intent.guid)).map((intent): Turn => ({ ...freshTurn(intent), phase: "open" }));
  const all = [...old, ...orphans].sort((a, b) => a.intent.at - b.intent.at);
  const next = { ...state, turns: [...all, ...state.turns] };
  return { state: next, effects: isUp(state) ? greetings(next, open.map((intent) => intent.guid)) : [] };
}

function send(state: State, intent: Intent, replaces: string | undefined): Next {
  if (openTurns(state).length >= MAX_OPEN_INTENTS) {
    return { state, effects: [{ kind: "say", say: { what: "too-many" } }] };
  }
  const effects: Effect[] = [];
  let turns = [...state.turns];
  const index = turns.findIndex((turn) => turn.intent.guid === replaces);
  const replaced = turns[index];
  if (replaced === undefined) {
    turns.push(freshTurn(intent));
  } else {
    effects.push(...removal(state, replaced));
    // It stands where that one stood, also after a reload, which sorts by time.
    intent = { ...intent, at: replaced.intent.at };
    turns[index] = freshTurn(intent);
  }
  const tooOld = turns.slice(0, Math.max(0, turns.length - MAX_TURNS)).filter((turn) => !isOpen(turn));
  turns = turns.filter((turn) => !tooOld.includes(turn));
  effects.push(...tooOld.map((turn): Effect => ({ kind: "erase", guid: turn.intent.guid })));
  effects.push({ kind: "save", intent });
  return { state: { ...state, turns }, effects };
}

function saved(state: State, guid: string, now: number): Next {
  const turn = find(state, guid);
  if (turn === undefined || turn.phase !== "saving") {
    return { state, effects: [] };
  }
  const open: Turn = isUp(state) ? { ...turn, phase: "open", sentAt: now } : { ...turn, phase: "open" };
  const effects: Effect[] = [{ kind: "keep", turn: open }];
  if (isUp(state)) {
    effects.push({ kind: "submit", intent: turn.intent }, { kind: "say", say: { what: "sent" } });
  }
  return { state: put(state, open), effects };
}

function stop(state: State, guid: string): Next {
  const turn = find(state, guid);
  if (turn === undefined || !isOpen(turn)) {
    return { state, effects: [] };
  }
  if (isUp(state) && turn.phase !== "saving") {
    return { state: put(state, { ...turn, stopping: true }), effects: [{ kind: "transmit", message: { type: "cancel", guid } }] };
  }
  // Without a connection it ends here; the gateway gives up on it when nobody comes back for it.
  const stopped = failed(turn, { code: "cancelled" });
  return { state: put(state, stopped), effects: ended(stopped) };
}

function interrupted(state: State, guid: string, heard: string): Next {
  const turn = find(state, guid);
  if (turn === undefined) {
    return { state, effects: [] };
  }
  const cut = { ...turn, interrupted: heard };
  return { state: put(state, cut), effects: [{ kind: "keep", turn: cut }] };
}

/** What the end of an intent asks for. */
function ended(turn: Turn): Effect[] {
  const say: Saying =
    turn.phase === "done"
      ? { what: "ready" }
      : turn.phase === "cancelled"
        ? { what: "stopped" }
        : { what: "failed", code: turn.error?.code ?? "internal", guid: turn.intent.guid };
  return [{ kind: "keep", turn }, { kind: "settle", guid: turn.intent.guid }, { kind: "say", say }];
}

function link(state: State, next: LinkState, now: number): Next {
  const wasUp = isUp(state);
  if (next.phase === "up") {
    const turns = state.turns.map((turn) => (turn.phase === "open" && !state.everUp ? { ...turn, sentAt: now } : turn));
    // What the gateway before had to say is over: mostly that it was about to go.
    const up: State = { ...state, link: next, everUp: true, notice: undefined, turns };
    return { state: up, effects: [...greetings(up), { kind: "say", say: { what: "connected" } }] };
  }
  if (!wasUp) {
    return { state: { ...state, link: next }, effects: [] };
  }
  const turns = state.turns.map((turn) => (isOpen(turn) ? disconnected(turn) : turn));
  return {
    state: { ...state, link: next, roundTripMillis: undefined, turns },
    effects: [{ kind: "drop-streams" }, { kind: "say", say: { what: "lost" } }],
  };
}

/** Which attempt the pieces belong to; unknown while no worker has accepted it. */
function attemptOf(turn: Turn): { attempt?: number } {
  return turn.attempt > 0 ? { attempt: turn.attempt } : {};
}

/** Who this is, what it has, and every intent that is not finished. Sending a guid again is always safe. */
function greetings(state: State, only?: string[]): Effect[] {
  const open = openTurns(state).filter((turn) => turn.phase !== "saving" && (only?.includes(turn.intent.guid) ?? true));
  const have = Object.fromEntries(
    open.flatMap((turn) =>
      turn.workerId === undefined ? [] : [[turn.intent.guid, { seq: haveSeq(turn), worker_id: turn.workerId, ...attemptOf(turn) }]],
    ),
  );
  return [
    transmit(hello(state, have)),
    { kind: "transmit", message: { type: "watch", topic: "realm", on: true } },
    ...open.map((turn): Effect => ({ kind: "submit", intent: turn.intent })),
  ];
}

const transmit = (message: ClientMessage): Effect => ({ kind: "transmit", message });

function hello({ userId, operating: { token } }: State, have: Have): ClientMessage {
  return { type: "hello", client: CLIENT, user_id: userId, have, ...(token === undefined ? {} : { token }) };
}

function message(state: State, message: ServerMessage, now: number): Next {
  switch (message.type) {
    case "welcome": {
      const { operating, messages } = welcomed(state.operating, message.role === "admin");
      const next = { ...state, operating, limits: message.limits ?? {}, queryTypes: message.query_types ?? [] };
      return { state: next, effects: messages.map(transmit) };
    }
    case "operations":
      return { state: { ...state, operating: told(state.operating, message, now) }, effects: [] };
    case "realm":
      return { state: { ...state, realm: message }, effects: [] };
    case "notice":
      return { state: { ...state, notice: message.message }, effects: [] };
    case "ping":
    case "pong":
      return { state, effects: [] };
    case "error":
      if (message.guid === undefined) {
        const operating = refused(state.operating, message);
        if (operating !== undefined) {
          return { state: { ...state, operating }, effects: [] };
        }
        return { state, effects: [{ kind: "say", say: { what: "failed", code: message.code } }] };
      }
      return about(state, message.guid, now, (turn) => receive(turn, message, now));
    case "ack":
    case "accepted": {
      // A stop that overtook its own intent, or was lost with a connection, is said again.
      const stopping = find(state, message.guid)?.stopping === true;
      const next = about(state, message.guid, now, (turn) => noted(receive(turn, message, now), message.type, state.realm));
      const cancel: Effect = { kind: "transmit", message: { type: "cancel", guid: message.guid } };
      return stopping ? { ...next, effects: [...next.effects, cancel] } : next;
    }
    default:
      return about(state, message.guid, now, (turn) => receive(turn, message, now));
  }
}

/** The realm as it was when a worker accepted. */
function noted(next: Step, type: "ack" | "accepted", realm: Realm | undefined): Step {
  return type === "accepted" ? { ...next, turn: noteAccepted(next.turn, realm) } : next;
}

/** A message about one intent; what is said of an intent that is finished or unknown is not heard. */
function about(state: State, guid: string, now: number, receive: (turn: Turn) => Step): Next {
  const before = find(state, guid);
  if (before === undefined || !isOpen(before)) {
    return { state, effects: [] };
  }
  const { turn: next, streams = [], gap } = receive(before);
  if (gap === true) {
    const resumes = (state.resumes[guid] ?? 0) + 1;
    const effects: Effect[] = resumes <= MAX_RESUMES ? [{ kind: "reconnect" }] : [];
    return { state: { ...state, resumes: { ...state.resumes, [guid]: resumes } }, effects };
  }
  const effects: Effect[] = streams.map(({ stream, mediaType, seq, wanted }) => ({
    kind: "open-stream",
    guid,
    stream,
    mediaType,
    seq,
    wanted,
  }));
  const grew = next.seq > before.seq && now - (before.keptAt ?? -Infinity) >= KEEP_MILLIS;
  const turn = grew && isOpen(next) ? { ...next, keptAt: now } : next;
  effects.push(...changes(before, turn));
  return { state: put(state, turn), effects };
}

function changes(before: Turn, turn: Turn): Effect[] {
  if (!isOpen(turn)) {
    return ended(turn);
  }
  const effects: Effect[] = turn.keptAt !== before.keptAt ? [{ kind: "keep", turn }] : [];
  if (turn.workerId !== before.workerId && turn.workerId !== undefined) {
    // The history must know who has it, so that a reload can ask that worker.
    effects.push({ kind: "keep", turn }, { kind: "say", say: { what: "working", workerId: turn.workerId } });
  }
  if (turn.queue !== undefined && turn.queue.position !== before.queue?.position) {
    effects.push({ kind: "say", say: { what: "queued", ...turn.queue } });
  }
  if (turn.restarted !== undefined && before.restarted === undefined) {
    effects.push({ kind: "say", say: { what: "restarted" } });
  }
  return effects;
}

function media(state: State, guid: string, media: Media): Next {
  const before = find(state, guid);
  if (before === undefined || !isOpen(before)) {
    return { state, effects: [] };
  }
  const turn = arrived(before, media);
  return { state: put(state, turn), effects: isOpen(turn) ? [] : ended(turn) };
}
