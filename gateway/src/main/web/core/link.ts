// SPDX-License-Identifier: GPL-3.0-only
// The connection: one socket at a time, opened again until it holds. Socket, timers and chance are given to it.
import { SUBPROTOCOL, decode, type ClientMessage, type ServerMessage } from "./protocol.ts";
import { frames, type Upload } from "./outbox.ts";

export const RETRY_STEP_MILLIS = 200;
export const MAX_RETRY_MILLIS = 10_000;
export const PING_MILLIS = 10_000;
/** The first ping meets a page that is still being drawn; the next one comes soon and says more. */
export const SECOND_PING_MILLIS = 1_000;
/** Nothing heard for so long, with a ping unanswered, means that nobody is there. */
export const SILENCE_MILLIS = 25_000;
/** A page that comes back from sleep asks whether the connection did too, and does not wait long for the answer. */
export const WAKE_MILLIS = 3_000;
export const CONNECT_MILLIS = 10_000;
/** Uploads wait while the socket still holds more than this. */
export const MAX_BUFFERED_BYTES = 1024 * 1024;
const UPLOAD_PAUSE_MILLIS = 20;

/** The part of a WebSocket that is used here. */
export interface Socket {
  binaryType: string;
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
}

export interface Edges {
  connect(url: string, protocol: string): Socket;
  /** Runs the action later; the answer takes it back. */
  after(millis: number, action: () => void): () => void;
  /** Monotonic milliseconds. */
  now(): number;
  random(): number;
  online(): boolean;
  guid(): string;
}

export type LinkState =
  | { phase: "connecting" }
  | { phase: "up" }
  | { phase: "waiting"; retryInMillis: number }
  | { phase: "offline" };

export interface LinkListener {
  link(state: LinkState): void;
  message(message: ServerMessage): void;
  binary(bytes: Uint8Array): void;
  roundTrip(millis: number): void;
}

/** All of it is chance, so that a thousand pages that lost their gateway in one instant come back spread over the whole span. */
export function retryDelay(failures: number, chance: number): number {
  return Math.round(chance * Math.min(MAX_RETRY_MILLIS, RETRY_STEP_MILLIS * 2 ** Math.min(failures, 16)));
}

export class Link {
  readonly #url: string;
  readonly #edges: Edges;
  readonly #listener: LinkListener;
  #socket: Socket | undefined;
  #up = false;
  #failures = 0;
  #heard = 0;
  #ping: { guid: string; at: number } | undefined;
  #uploads: Upload[] = [];
  #current: Generator<Uint8Array<ArrayBuffer>> | undefined;
  #cancelTimer = (): void => {};
  #cancelUpload = (): void => {};

  constructor(url: string, edges: Edges, listener: LinkListener) {
    this.#url = url;
    this.#edges = edges;
    this.#listener = listener;
  }

  /** Connects at once, whatever the backoff says; does nothing while a socket is open or opening. */
  wake(): void {
    if (this.#socket !== undefined) {
      if (this.#up) {
        this.#sendPing();
        this.#cancelTimer();
        this.#cancelTimer = this.#edges.after(WAKE_MILLIS, () => (this.#ping ? this.drop() : this.#sendPing()));
      }
      return;
    }
    this.#cancelTimer();
    this.#listener.link({ phase: "connecting" });
    const socket = this.#edges.connect(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    this.#cancelTimer = this.#edges.after(CONNECT_MILLIS, () => this.drop());
    socket.onopen = () => this.#socket === socket && this.#opened();
    socket.onclose = () => this.#socket === socket && this.#closed();
    socket.onmessage = ({ data }) => this.#socket === socket && this.#received(data);
  }

  /** Lets go of this connection and makes another. */
  drop(): void {
    const socket = this.#socket;
    if (socket !== undefined) {
      this.#closed();
      socket.close(1000);
    }
  }

  send(message: ClientMessage): boolean {
    if (!this.#up) {
      return false;
    }
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  upload(uploads: Upload[]): void {
    this.#uploads.push(...uploads);
    if (this.#up && this.#current === undefined) {
      this.#pump();
    }
  }

  #opened(): void {
    this.#up = true;
    this.#heard = this.#edges.now();
    this.#cancelTimer();
    this.#listener.link({ phase: "up" });
    this.#sendPing(SECOND_PING_MILLIS);
  }

  #closed(): void {
    this.#cancelTimer();
    this.#cancelUpload();
    this.#socket = undefined;
    this.#up = false;
    this.#ping = undefined;
    this.#uploads = [];
    this.#current = undefined;
    const delay = retryDelay(this.#failures++, this.#edges.random());
    this.#cancelTimer = this.#edges.after(delay, () => this.wake());
    this.#listener.link(this.#edges.online() ? { phase: "waiting", retryInMillis: delay } : { phase: "offline" });
  }

  #received(data: unknown): void {
    this.#heard = this.#edges.now();
    if (typeof data !== "string") {
      this.#listener.binary(new Uint8Array(data as ArrayBuffer));
      return;
    }
    const message = decode(data);
    if (message === undefined) {
      return;
    }
    // Only a gateway that speaks is a connection that works; a socket that opens and closes keeps backing off.
    this.#failures = 0;
    if (message.type === "ping") {
      this.send({ type: "pong", guid: message.guid });
    } else if (message.type === "pong") {
      if (message.guid === this.#ping?.guid) {
        this.#listener.roundTrip(this.#edges.now() - this.#ping.at);
        this.#ping = undefined;
      }
    } else {
      this.#listener.message(message);
    }
  }

  #sendPing(next = PING_MILLIS): void {
    this.#cancelTimer();
    if (this.#ping !== undefined && this.#edges.now() - this.#heard > SILENCE_MILLIS) {
      this.drop();
      return;
    }
    this.#ping = { guid: this.#edges.guid(), at: this.#edges.now() };
    this.send({ type: "ping", guid: this.#ping.guid });
    this.#cancelTimer = this.#edges.after(next, () => this.#sendPing());
  }

  #pump(): void {
    while (this.#up && this.#socket !== undefined) {
      if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
        this.#cancelUpload = this.#edges.after(UPLOAD_PAUSE_MILLIS, () => this.#pump());
        return;
      }
      const upload = this.#current === undefined ? this.#uploads.shift() : undefined;
      this.#current ??= upload && frames(upload);
      const frame = this.#current?.next();
      if (frame === undefined) {
        return;
      }
      if (frame.done) {
        this.#current = undefined;
      } else {
        this.#socket.send(frame.value);
      }
    }
  }
}
