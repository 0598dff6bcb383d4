// SPDX-License-Identifier: GPL-3.0-only
// What crosses the WebSocket between this page and its gateway, one flat JSON object per text frame.

export const SUBPROTOCOL = "mtor.v1";
export const CLIENT = "shell/0.1.0";

export interface MediaItem {
  media_type: string;
  data?: string;
  stream?: number;
}

export interface ConversationPart {
  role: "user" | "assistant";
  content: string;
}

export interface Work {
  type: "work";
  guid: string;
  query_type: string;
  query_text: string;
  user_id: string;
  model?: string;
  conversation?: ConversationPart[];
  media?: MediaItem[];
  parameters?: Record<string, unknown>;
  stream: true;
  priority: "interactive";
}

export type Have = Record<string, { seq: number; worker_id: string; attempt?: number }>;

export type ClientMessage =
  | { type: "hello"; client: string; user_id: string; have: Have; token?: string }
  | Work
  | { type: "cancel"; guid: string }
  | { type: "watch"; topic: "realm" | "admin"; on: boolean }
  | { type: "admin"; action: "drain" | "resume"; worker_id: string }
  | { type: "admin"; action: "notice"; message: string }
  | { type: "admin"; action: "approve" | "drain" | "revoke"; host: string }
  | { type: "ping" | "pong"; guid: string };

export interface Limits {
  max_text_chars?: number;
  max_message_bytes?: number;
  /** All media of one intent together. */
  max_media_bytes?: number;
  max_media_count?: number;
}

export interface Timing {
  dispatch_us?: number;
  queue_ms?: number;
  first_ms?: number;
  work_ms?: number;
}

export type Health = "healthy" | "degraded" | "down" | "draining";

export interface Worker {
  worker_id: string;
  name: string;
  health: Health;
  reason?: string;
  query_types: { query_type: string; models: string[] }[];
  slots: number;
  in_flight: number;
  synthetic: boolean;
  /** As it came: only the view of the realm looks at it. */
  speeds?: unknown[];
}

/** What a host has measured of one of its models, one intent at a time. */
export interface Speed {
  query_type: string;
  model?: string;
  first_ms: number;
  whole_ms: number;
  tokens_per_second?: number;
}

export interface Realm {
  type: "realm";
  revision: number;
  workers: Worker[];
  gateways?: number;
  dispatchers?: number;
  monitors?: number;
  waiting?: number;
}

/** How the realm is doing, for operators. Rates are left out while they are not known. */
export interface Operations {
  type: "operations";
  lines: { query_type: string; waiting: number; oldest_ms?: number; placed_per_s?: number }[];
  dispatchers: { dispatcher_id: string; up_ms: number; open: number; placed_per_s?: number; heap_bytes: number; max_heap_bytes: number }[];
  gateways: {
    gateway_id: string;
    up_ms: number;
    sessions: number;
    open: number;
    intents_per_s?: number;
    heap_bytes: number;
    max_heap_bytes: number;
  }[];
  /** Read by `readHosts`, where it is shown. */
  hosts?: unknown;
}

export interface Result {
  type: "result";
  guid: string;
  result_text?: string;
  worker_id: string;
  model?: string;
  media?: MediaItem[];
  usage?: Record<string, number>;
  timing?: Timing;
  synthetic?: boolean;
}

export interface Failure {
  type: "error";
  guid?: string;
  code: string;
  message?: string;
  retryable?: boolean;
  retry_after_ms?: number;
}

export type ServerMessage =
  | { type: "welcome"; session: string; user_id: string; limits?: Limits; query_types?: string[]; role?: string }
  | { type: "ack"; guid: string; query_type: string; confidence?: number }
  | { type: "queued"; guid: string; position?: number; eta_ms?: number }
  | { type: "accepted"; guid: string; worker_id: string; model?: string; attempt: number; synthetic?: boolean }
  | { type: "chunk"; guid: string; seq: number; text?: string; stream?: number; media_type?: string }
  | { type: "progress"; guid: string; seq: number; done: number; of: number; preview?: MediaItem }
  | { type: "restart"; guid: string; attempt: number; reason?: string }
  | Result
  | Failure
  | Realm
  | Operations
  | { type: "notice"; message: string }
  | { type: "ping" | "pong"; guid: string };

type Kind = "string" | "number" | "array";

/** The fields a message cannot do without. What is missing or ill-typed makes the whole message unreadable. */
const REQUIRED: Record<ServerMessage["type"], Record<string, Kind>> = {
  welcome: { session: "string" },
  ack: { guid: "string", query_type: "string" },
  queued: { guid: "string" },
  accepted: { guid: "string", worker_id: "string" },
  chunk: { guid: "string", seq: "number" },
  progress: { guid: "string", seq: "number", done: "number", of: "number" },
  restart: { guid: "string" },
  result: { guid: "string", worker_id: "string" },
  error: { code: "string" },
  realm: { workers: "array" },
  operations: { lines: "array", dispatchers: "array", gateways: "array" },
  notice: { message: "string" },
  ping: { guid: "string" },
  pong: { guid: "string" },
};

/** The fields that may be left out but must be of this kind when they are there. */
const OPTIONAL: Record<string, Kind> = {
  guid: "string",
  text: "string",
  stream: "number",
  media_type: "string",
  model: "string",
  attempt: "number",
  result_text: "string",
  media: "array",
  query_types: "array",
  retry_after_ms: "number",
  position: "number",
  eta_ms: "number",
  confidence: "number",
  message: "string",
  role: "string",
  reason: "string",
};

function is(kind: Kind, value: unknown): boolean {
  return kind === "array" ? Array.isArray(value) : kind === "number" ? Number.isFinite(value) : typeof value === "string";
}

/** Reads one text frame; undefined for what is not a message of the protocol. Unknown fields are ignored. */
export function decode(frame: string): ServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const fields = value as Record<string, unknown>;
  const type = fields["type"];
  if (typeof type !== "string" || !Object.hasOwn(REQUIRED, type)) {
    return undefined;
  }
  const required = REQUIRED[type as ServerMessage["type"]];
  for (const [name, kind] of Object.entries(required)) {
    if (!is(kind, fields[name])) {
      return undefined;
    }
  }
  for (const [name, kind] of Object.entries(OPTIONAL)) {
    // A null is a field left out.
    if (fields[name] === null) {
      delete fields[name];
    } else if (fields[name] !== undefined && !is(kind, fields[name])) {
      return undefined;
    }
  }
  if (type === "realm") {
    fields["workers"] = (fields["workers"] as unknown[]).flatMap(readWorker);
  }
  if (type === "operations") {
    fields["lines"] = readRows(fields["lines"], "query_type", ["waiting"]);
    fields["dispatchers"] = readRows(fields["dispatchers"], "dispatcher_id", ["up_ms", "open", "heap_bytes", "max_heap_bytes"]);
    fields["gateways"] = readRows(fields["gateways"], "gateway_id", ["up_ms", "sessions", "open", "heap_bytes", "max_heap_bytes"]);
  }
  return fields as unknown as ServerMessage;
}

/** Rows with a name and figures; one that lacks its name is left out, a figure that must be there is 0. */
function readRows(rows: unknown, name: string, figures: string[]): Record<string, unknown>[] {
  return (rows as unknown[]).flatMap((row) => {
    if (typeof row !== "object" || row === null || typeof (row as Record<string, unknown>)[name] !== "string") {
      return [];
    }
    const fields = row as Record<string, unknown>;
    const numbers = Object.entries(fields).filter(([, value]) => Number.isFinite(value));
    return [{ ...Object.fromEntries(figures.map((figure) => [figure, 0])), ...Object.fromEntries(numbers), [name]: fields[name] }];
  });
}

function readWorker(value: unknown): Worker[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const worker = value as Partial<Worker>;
  if (typeof worker.worker_id !== "string") {
    return [];
  }
  const health: Health[] = ["healthy", "degraded", "down", "draining"];
  return [
    {
      worker_id: worker.worker_id,
      name: typeof worker.name === "string" && worker.name !== "" ? worker.name : worker.worker_id,
      health: health.includes(worker.health as Health) ? (worker.health as Health) : "degraded",
      ...(typeof worker.reason === "string" ? { reason: worker.reason } : {}),
      query_types: (Array.isArray(worker.query_types) ? worker.query_types : [])
        .filter((served) => typeof served?.query_type === "string")
        .map((served) => ({
          query_type: served.query_type,
          models: (Array.isArray(served.models) ? served.models : []).filter((model) => typeof model === "string"),
        })),
      slots: Number(worker.slots) || 0,
      in_flight: Number(worker.in_flight) || 0,
      synthetic: worker.synthetic === true,
      ...(Array.isArray(worker.speeds) ? { speeds: worker.speeds } : {}),
    },
  ];
}
