// SPDX-License-Identifier: GPL-3.0-only
// The history as one file, and back. Version 1 is described in docs/using/page.md; what reads it believes nothing in it.
import { heldBytes } from "./history.ts";
import { toBase64, type Media } from "./media.ts";
import { MAX_TURNS } from "./state.ts";
import { MAX_HISTORY_BYTES } from "./store.ts";
import { freshTurn, isOpen, type Turn } from "./turn.ts";

export const FORMAT = "mtor-history";
export const VERSION = 1;
/** As base64 the pictures of a full history have a third more; the rest is room for words. */
export const MAX_ARCHIVE_BYTES = 2 * MAX_HISTORY_BYTES;
/** So many turns a file may have; how many are taken in is another matter. */
export const MAX_ARCHIVE_TURNS = 5_000;
const MAX_MEDIA = 64;
const MAX_TEXT_CHARS = 4_000_000;
const MAX_NAME_CHARS = 500;
/** The last moment that a date can say. */
const MAX_AT = 8.64e15;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const QUERY_TYPE = /^[a-z][a-z0-9-]{0,31}$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const shown = ({ media_type, bytes }: Media): object => ({ media_type, data: toBase64(bytes) });

function entry({ intent, ...turn }: Turn): object {
  const { understood, error } = turn;
  return {
    guid: intent.guid,
    at: intent.at,
    query_type: intent.query_type,
    query_text: intent.query_text,
    attachments: intent.attachments.map(shown),
    phase: turn.phase,
    text: turn.text,
    interrupted: turn.interrupted,
    media: turn.media.map(shown),
    attempt: turn.attempt,
    synthetic: turn.synthetic,
    worker_id: turn.workerId,
    model: turn.model,
    understood: understood && { query_type: understood.queryType, confidence: understood.confidence },
    timing: turn.timing,
    deliver_ms: turn.deliverMillis,
    error: error && { code: error.code, message: error.message, retryable: error.retryable },
  };
}

/** The file in parts, as a blob takes them: all of it as one text may be more than a string can hold. */
export function write(turns: readonly Turn[], now: number): string[] {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, exported: new Date(now).toISOString() });
  const ended = turns.filter((turn) => !isOpen(turn));
  return [`${head.slice(0, -1)},"turns":[\n`, ...ended.map((turn, i) => (i > 0 ? ",\n" : "") + JSON.stringify(entry(turn))), "\n]}\n"];
}

/** What should stand in a file; the words for it are found by the page. */
export type Wanted = "json" | "object" | "text" | "form" | "number" | "whole" | "flag" | "choice" | "list" | "base64" | "nothing";

/** What is wrong with a file: where, and what should be there instead. */
export class ArchiveError extends Error {
  readonly where: string;
  readonly wanted: Wanted;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(where: string, wanted: Wanted, values: Readonly<Record<string, string | number>> = {}) {
    super(`${where}: ${wanted}`);
    this.where = where;
    this.wanted = wanted;
    this.values = values;
  }
}

/** An object of the file whose fields are asked for one by one; one that nobody asked for is an error. */
class Fields {
  readonly #at: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #asked = new Set<string>();

  constructor(value: unknown, at: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ArchiveError(at || "{ }", "object");
    }
    this.#at = at;
    this.#values = value as Record<string, unknown>;
  }

  /** Only what the file says itself: nothing that every object has. */
  #value(name: string): unknown {
    this.#asked.add(name);
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }

  has(name: string): boolean {
    return this.#value(name) !== undefined;
  }

  at(name: string): string {
    return this.#at === "" ? name : `${this.#at}.${name}`;
  }

  text(name: string, max: number, form?: RegExp): string {
    const value = this.#value(name);
    if (typeof value !== "string" || value.length > max || form?.test(value) === false) {
      throw form === undefined ? new ArchiveError(this.at(name), "text", { max }) : new ArchiveError(this.at(name), "form", { form: form.source });
    }
    return value;
  }

  number(name: string, max: number, whole = true): number {
    const value = this.#value(name);
    if (typeof value !== "number" || !(value >= 0 && value <= max) || (whole && !Number.isInteger(value))) {
      throw new ArchiveError(this.at(name), whole ? "whole" : "number", { max });
    }
    return value;
  }

  flag(name: string): boolean {
    const value = this.#value(name);
    if (typeof value !== "boolean") {
      throw new ArchiveError(this.at(name), "flag");
    }
    return value;
  }

  one<T extends string>(name: string, values: readonly T[]): T {
    const value = values.find((each) => each === this.#value(name));
    if (value === undefined) {
      throw new ArchiveError(this.at(name), "choice", { choices: values.join(", ") });
    }
    return value;
  }

  inner(name: string): Fields {
    return new Fields(this.#value(name), this.at(name));
  }

  list<T>(name: string, max: number, read: (value: unknown, at: string) => T): T[] {
    const value = this.#value(name);
    if (!Array.isArray(value) || value.length > max) {
      throw new ArchiveError(this.at(name), "list", { max });
    }
    return value.map((each, i) => read(each, `${this.at(name)}[${i}]`));
  }

  end(): void {
    const unknown = Object.keys(this.#values).find((name) => !this.#asked.has(name));
    if (unknown !== undefined) {
      throw new ArchiveError(this.at(unknown.slice(0, 40)), "nothing");
    }
  }
}

function medium(value: unknown, at: string): Media {
  const fields = new Fields(value, at);
  const media_type = fields.text("media_type", MAX_NAME_CHARS);
  const data = fields.text("data", MAX_ARCHIVE_BYTES, BASE64);
  fields.end();
  try {
    return { media_type, bytes: Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)) };
  } catch {
    throw new ArchiveError(`${at}.data`, "base64");
  }
}

function turn(value: unknown, at: string): Turn {
  const fields = new Fields(value, at);
  const intent = {
    guid: fields.text("guid", 36, GUID),
    at: fields.number("at", MAX_AT),
    query_type: fields.text("query_type", 32, QUERY_TYPE),
    query_text: fields.text("query_text", MAX_TEXT_CHARS),
    conversation: [],
    attachments: fields.list("attachments", MAX_MEDIA, medium),
  };
  const read: Turn = {
    ...freshTurn(intent),
    phase: fields.one("phase", ["done", "failed", "cancelled"] as const),
    text: fields.text("text", MAX_TEXT_CHARS),
    media: fields.list("media", MAX_MEDIA, medium),
    attempt: fields.number("attempt", 1_000_000),
    synthetic: fields.flag("synthetic"),
    ...(fields.has("interrupted") ? { interrupted: fields.text("interrupted", MAX_TEXT_CHARS) } : {}),
    ...(fields.has("worker_id") ? { workerId: fields.text("worker_id", MAX_NAME_CHARS) } : {}),
    ...(fields.has("model") ? { model: fields.text("model", MAX_NAME_CHARS) } : {}),
    ...(fields.has("understood") ? { understood: understood(fields.inner("understood")) } : {}),
    ...(fields.has("timing") ? { timing: timing(fields.inner("timing")) } : {}),
    ...(fields.has("deliver_ms") ? { deliverMillis: fields.number("deliver_ms", MAX_AT, false) } : {}),
    ...(fields.has("error") ? { error: error(fields.inner("error")) } : {}),
  };
  fields.end();
  return read;
}

function understood(fields: Fields): NonNullable<Turn["understood"]> {
  const queryType = fields.text("query_type", 32, QUERY_TYPE);
  const read = fields.has("confidence") ? { queryType, confidence: fields.number("confidence", 1, false) } : { queryType };
  fields.end();
  return read;
}

function timing(fields: Fields): NonNullable<Turn["timing"]> {
  const names = (["dispatch_us", "queue_ms", "first_ms", "work_ms"] as const).filter((name) => fields.has(name));
  const read = Object.fromEntries(names.map((name) => [name, fields.number(name, MAX_AT, false)]));
  fields.end();
  return read;
}

function error(fields: Fields): NonNullable<Turn["error"]> {
  const read = {
    code: fields.text("code", MAX_NAME_CHARS),
    message: fields.text("message", MAX_TEXT_CHARS),
    retryable: fields.flag("retryable"),
  };
  fields.end();
  return read;
}

/** The turns of a file. Throws an {@link ArchiveError} that names the first thing that is wrong; then nothing is taken from it. */
export function read(text: string): Turn[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArchiveError("{ }", "json");
  }
  const fields = new Fields(value, "");
  fields.one("format", [FORMAT]);
  if (fields.number("version", MAX_AT) !== VERSION) {
    throw new ArchiveError("version", "choice", { choices: String(VERSION) });
  }
  fields.text("exported", MAX_NAME_CHARS);
  const turns = fields.list("turns", MAX_ARCHIVE_TURNS, turn);
  fields.end();
  return turns;
}

export interface Merged {
  /** What can be taken in. */
  taken: Turn[];
  /** How many are here already; those stay as they are. */
  known: number;
  /** How many the history has no room for, the oldest. */
  left: number;
}

/** What of a file goes into this history: nothing that is here gives way. A moment that is still to come is taken for now. */
export function merge(present: readonly Turn[], incoming: readonly Turn[], now: number): Merged {
  const guids = new Set(present.map(({ intent }) => intent.guid));
  const fresh: Turn[] = [];
  for (const turn of [...incoming].sort((a, b) => b.intent.at - a.intent.at)) {
    if (!guids.has(turn.intent.guid)) {
      guids.add(turn.intent.guid);
      fresh.push({ ...turn, intent: { ...turn.intent, at: Math.min(turn.intent.at, now) } });
    }
  }
  let bytes = heldBytes(present);
  const taken = fresh.slice(0, Math.max(0, MAX_TURNS - present.length)).filter((turn) => {
    const together = bytes + heldBytes([turn]);
    const fits = together <= MAX_HISTORY_BYTES;
    bytes = fits ? together : bytes;
    return fits;
  });
  return { taken, known: incoming.length - fresh.length, left: fresh.length - taken.length };
}
