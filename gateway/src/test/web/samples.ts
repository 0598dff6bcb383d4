// SPDX-License-Identifier: GPL-3.0-only
// Values and fakes that the tests share.
import type { Edges, Socket } from "../../main/web/core/link.ts";
import type { Intent } from "../../main/web/core/outbox.ts";
import type { ClientMessage, ServerMessage } from "../../main/web/core/protocol.ts";
import { initial, step, type Effect, type Event, type State } from "../../main/web/core/state.ts";
import type { Turn } from "../../main/web/core/turn.ts";

export function intent(guid: string, with_: Partial<Intent> = {}): Intent {
  return { guid, query_type: "chat", query_text: `question ${guid}`, conversation: [], attachments: [], at: 1, ...with_ };
}

/** The state machine with its effects collected. */
export class Machine {
  state: State = initial("u-1");
  effects: Effect[] = [];

  do(...events: Event[]): this {
    for (const event of events) {
      const next = step(this.state, event);
      this.state = next.state;
      this.effects.push(...next.effects);
    }
    return this;
  }

  hear(...messages: ServerMessage[]): this {
    return this.do(...messages.map((message): Event => ({ kind: "message", message, now: 1_000 })));
  }

  up(): this {
    return this.do({ kind: "link", link: { phase: "up" }, now: 0 });
  }

  down(): this {
    return this.do({ kind: "link", link: { phase: "waiting", retryInMillis: 250 }, now: 0 });
  }

  send(guid: string, with_: Partial<Intent> = {}): this {
    return this.do({ kind: "send", intent: intent(guid, with_) }, { kind: "saved", guid, now: 0 });
  }

  turn(guid: string): Turn {
    const turn = this.state.turns.find((turn) => turn.intent.guid === guid);
    if (turn === undefined) {
      throw new Error(`no turn ${guid}`);
    }
    return turn;
  }

  /** The effects since the last call. */
  take(): Effect[] {
    const taken = this.effects;
    this.effects = [];
    return taken;
  }
}

export const accepted = (guid: string, attempt = 1): ServerMessage => ({ type: "accepted", guid, worker_id: "w-1", attempt });
export const chunk = (guid: string, seq: number, text: string): ServerMessage => ({ type: "chunk", guid, seq, text });
export const result = (guid: string, text = ""): ServerMessage => ({ type: "result", guid, worker_id: "w-1", result_text: text });

export class FakeSocket implements Socket {
  binaryType = "";
  bufferedAmount = 0;
  onopen: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: (string | Uint8Array)[] = [];
  closed = false;

  send(data: string | Uint8Array): void {
    this.sent.push(data);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.(undefined as never);
  }

  lose(): void {
    this.onclose?.(undefined as never);
  }

  hear(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  hearBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.onmessage?.({ data: bytes.buffer });
  }

  get messages(): ClientMessage[] {
    return this.sent.flatMap((frame) => (typeof frame === "string" ? [JSON.parse(frame) as ClientMessage] : []));
  }

  ofType(type: string): ClientMessage[] {
    return this.messages.filter((message) => message.type === type);
  }
}

/** Sockets, timers and time by hand. */
export class FakeEdges implements Edges {
  readonly sockets: FakeSocket[] = [];
  time = 0;
  isOnline = true;
  #timers: { at: number; action: () => void }[] = [];
  #guids = 0;

  connect(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }

  after(millis: number, action: () => void): () => void {
    const timer = { at: this.time + millis, action };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  online(): boolean {
    return this.isOnline;
  }

  guid(): string {
    return `ping-${++this.#guids}`;
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) {
      throw new Error("no socket");
    }
    return socket;
  }

  pass(millis: number): void {
    const end = this.time + millis;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) {
        break;
      }
      this.time = next.at;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.action();
    }
    this.time = end;
  }
}

export const png = (size = 16): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  bytes.set([0x89, 0x50, 0x4e, 0x47]);
  return bytes;
};
