// SPDX-License-Identifier: GPL-3.0-only
// One question with its answer, and how messages about it change it. Pure.
import { fromBase64, type Media } from "./media.ts";
import type { Intent } from "./outbox.ts";
import type { ConversationPart, ServerMessage, Timing } from "./protocol.ts";
import { noteQueued, noteRestart, type Why } from "./why.ts";

/** `saving` until the intent is in the outbox, `open` until a worker has it; the last three are the end. */
export type Phase = "saving" | "open" | "queued" | "working" | "done" | "failed" | "cancelled";

export interface Turn {
  intent: Intent;
  phase: Phase;
  /** What the gateway took it for; differs from the intent's own only for `auto`. */
  understood?: { queryType: string; confidence?: number };
  queue?: { position: number; etaMillis?: number };
  workerId?: string;
  model?: string;
  synthetic: boolean;
  attempt: number;
  /** Why the answer began again, until the new one shows something. */
  restarted?: string;
  text: string;
  /** It was read aloud and cut short after these words; the rest is on the screen, but was not heard. */
  interrupted?: string;
  media: Media[];
  progress?: { done: number; of: number; preview?: Media };
  /** The last chunk or progress seen. */
  seq: number;
  /** Chunks whose bytes have not all arrived; they are asked for again after a lost connection. */
  missing: number[];
  /** Media of the result still on their way: the turn ends when the last one is here. */
  awaited: number;
  timing?: Timing;
  deliverMillis?: number;
  /** Monotonic time of sending; gone when the connection was lost in between, because then it says nothing. */
  sentAt?: number;
  /** Monotonic time at which it was last kept as it grew; of this connection. */
  keptAt?: number;
  /** The user wants no more of it; the gateway has the last word. */
  stopping?: true;
  error?: { code: string; message: string; retryable: boolean; retryAfterMillis?: number };
  /** What is known of why its worker got it. */
  why?: Why;
}

export function freshTurn(intent: Intent): Turn {
  return { intent, phase: "saving", synthetic: false, attempt: 0, text: "", media: [], seq: -1, missing: [], awaited: 0 };
}

export function isOpen(turn: Turn): boolean {
  return turn.phase !== "done" && turn.phase !== "failed" && turn.phase !== "cancelled";
}

/** Everything up to this is here, so the gateway may go on after it. */
export function haveSeq(turn: Turn): number {
  return turn.missing.length > 0 ? Math.min(...turn.missing) - 1 : turn.seq;
}

/** What was shown is void; another worker, or the same one, begins again. */
function blank(turn: Turn): Turn {
  const { progress: _, ...rest } = turn;
  return { ...rest, text: "", media: [], seq: -1, missing: [], awaited: 0 };
}

/** A lost connection takes unfinished media of the result with it, and makes times of this page meaningless. */
export function disconnected(turn: Turn): Turn {
  const { sentAt: _, keptAt: _k, ...rest } = turn;
  return { ...rest, awaited: 0 };
}

export interface Step {
  turn: Turn;
  /** Streams to open: their bytes follow. */
  streams?: { stream: number; mediaType: string; seq?: number; wanted: boolean }[];
  /** A chunk is missing in between. */
  gap?: boolean;
}

type About = Exclude<ServerMessage, { type: "welcome" | "realm" | "operations" | "notice" | "ping" | "pong" }>;

export function receive(turn: Turn, message: About, now: number): Step {
  switch (message.type) {
    case "ack": {
      const { query_type: queryType, confidence } = message;
      return { turn: { ...turn, understood: confidence === undefined ? { queryType } : { queryType, confidence } } };
    }
    case "queued": {
      const { position, eta_ms: etaMillis } = message;
      const { queue: _, ...rest } = noteQueued(turn, position);
      if (position === undefined) {
        return { turn: { ...rest, phase: "queued" } };
      }
      return { turn: { ...rest, phase: "queued", queue: etaMillis === undefined ? { position } : { position, etaMillis } } };
    }
    case "accepted":
      return { turn: accepted(turn, message) };
    case "chunk":
      return chunk(turn, message);
    case "progress":
      return progress(turn, message);
    case "restart":
      return { turn: restarted(turn, message) };
    case "result":
      return result(turn, message, now);
    case "error":
      return { turn: failed(turn, message) };
  }
}

function accepted(turn: Turn, message: Extract<About, { type: "accepted" }>): Turn {
  const attempt = message.attempt ?? 1;
  const { queue: _, ...rest } = attempt > turn.attempt && turn.seq >= 0 ? blank(turn) : turn;
  return {
    ...rest,
    phase: "working",
    workerId: message.worker_id,
    attempt,
    synthetic: message.synthetic === true,
    ...(message.model === undefined ? {} : { model: message.model }),
  };
}

/** The next worker may have accepted before the restart is said; until one has, nobody works on it. */
function restarted(turn: Turn, message: Extract<About, { type: "restart" }>): Turn {
  const attempt = message.attempt ?? turn.attempt + 1;
  const reason = message.reason ?? "";
  const next: Turn = { ...blank(noteRestart(turn, attempt, reason)), attempt, restarted: reason };
  if (attempt !== turn.attempt) {
    next.phase = "open";
    delete next.workerId;
    delete next.model;
  }
  return next;
}

/** Is this the next one, one seen before, or one too far? */
function place(turn: Turn, seq: number): "next" | "seen" | "gap" {
  return seq === turn.seq + 1 ? "next" : seq <= turn.seq ? "seen" : "gap";
}

function chunk(turn: Turn, message: Extract<About, { type: "chunk" }>): Step {
  const { seq, stream, media_type: mediaType = "application/octet-stream", text } = message;
  const where = place(turn, seq);
  if (where === "gap") {
    return { turn, gap: true };
  }
  if (stream !== undefined) {
    const wanted = where === "next" || turn.missing.includes(seq);
    const opened = { streams: [{ stream, mediaType, seq, wanted }] };
    return where === "seen" ? { turn, ...opened } : { turn: { ...shown(turn), seq, missing: [...turn.missing, seq] }, ...opened };
  }
  return where === "seen" ? { turn } : { turn: { ...shown(turn), seq, text: turn.text + (text ?? "") } };
}

function progress(turn: Turn, message: Extract<About, { type: "progress" }>): Step {
  const { seq, done, of, preview } = message;
  const where = place(turn, seq);
  if (where !== "next") {
    return where === "gap" ? { turn, gap: true } : { turn };
  }
  const picture = preview?.data ? { media_type: preview.media_type, bytes: fromBase64(preview.data) } : turn.progress?.preview;
  return { turn: { ...shown(turn), seq, progress: picture === undefined ? { done, of } : { done, of, preview: picture } } };
}

function shown(turn: Turn): Turn {
  const { restarted: _, ...rest } = turn;
  return { ...rest, phase: "working" };
}

/** The bytes of a stream are complete. Those of a chunk that a restart made void come too late. */
export function arrived(turn: Turn, media: Media): Turn {
  if (media.seq !== undefined && !turn.missing.includes(media.seq)) {
    return turn;
  }
  const all = [...turn.media, media].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity));
  if (media.seq !== undefined) {
    return { ...turn, media: all, missing: turn.missing.filter((seq) => seq !== media.seq) };
  }
  const awaited = Math.max(0, turn.awaited - 1);
  return { ...turn, media: all, awaited, phase: turn.timing !== undefined && awaited === 0 ? "done" : turn.phase };
}

function result(turn: Turn, message: Extract<About, { type: "result" }>, now: number): Step {
  const inline = (message.media ?? []).flatMap(({ media_type, data }) => (data ? [{ media_type, bytes: fromBase64(data) }] : []));
  const streams = (message.media ?? []).flatMap(({ media_type: mediaType, stream }) =>
    stream === undefined ? [] : [{ stream, mediaType, wanted: true }],
  );
  const { progress: _, queue: _q, restarted: _r, ...rest } = turn;
  // The result is the whole answer: its media replace the pieces that came before it.
  const media = inline.length + streams.length > 0 ? inline : turn.media;
  const timing = message.timing ?? {};
  const next: Turn = {
    ...rest,
    phase: streams.length > 0 ? "working" : "done",
    text: message.result_text || turn.text,
    media,
    missing: [],
    awaited: streams.length,
    workerId: message.worker_id,
    timing,
    synthetic: message.synthetic ?? turn.synthetic,
  };
  if (message.model !== undefined) {
    next.model = message.model;
  }
  if (turn.sentAt !== undefined) {
    const elsewhere = (timing.dispatch_us ?? 0) / 1000 + (timing.queue_ms ?? 0) + (timing.work_ms ?? timing.first_ms ?? 0);
    next.deliverMillis = Math.max(0, now - turn.sentAt - elsewhere);
  }
  return streams.length > 0 ? { turn: next, streams } : { turn: next };
}

export function failed(turn: Turn, failure: { code: string; message?: string; retryable?: boolean; retry_after_ms?: number }): Turn {
  const { progress: _, queue: _q, restarted: _r, ...rest } = turn;
  if (failure.code === "cancelled") {
    return { ...rest, phase: "cancelled", missing: [], awaited: 0 };
  }
  const error: NonNullable<Turn["error"]> = {
    code: failure.code,
    message: failure.message ?? "",
    retryable: failure.retryable === true,
  };
  if (failure.retry_after_ms !== undefined) {
    error.retryAfterMillis = failure.retry_after_ms;
  }
  return { ...rest, phase: "failed", missing: [], awaited: 0, error };
}

export const MAX_CONTEXT_MESSAGES = 12;
export const MAX_CONTEXT_CHARS = 12_000;

/** What the user has taken in of the answer: of one that was cut short what was heard. */
function takenIn({ phase, text, interrupted }: Turn): string {
  return interrupted !== undefined ? (interrupted === "" ? "" : `${interrupted} …`) : phase === "done" ? text : "";
}

/** The last turns that were answered in words, newest kept, both limits held. */
export function conversation(turns: readonly Turn[]): ConversationPart[] {
  const parts: ConversationPart[] = [];
  let chars = 0;
  for (const turn of [...turns].reverse()) {
    const text = takenIn(turn);
    if (text === "") {
      continue;
    }
    chars += turn.intent.query_text.length + text.length;
    if (chars > MAX_CONTEXT_CHARS || parts.length + 2 > MAX_CONTEXT_MESSAGES) {
      break;
    }
    parts.unshift({ role: "user", content: turn.intent.query_text }, { role: "assistant", content: text });
  }
  return parts;
}
