// SPDX-License-Identifier: GPL-3.0-only
// Holds the state, feeds it events, and carries out its effects on connection, store and listener.
import type { Link, LinkListener, LinkState } from "./link.ts";
import { pack } from "./outbox.ts";
import type { ServerMessage } from "./protocol.ts";
import { step, type Effect, type Event, type Saying, type State } from "./state.ts";
import type { Store } from "./store.ts";
import { Streams } from "./streams.ts";

export interface Watcher {
  changed(state: State): void;
  say(saying: Saying): void;
  /** The browser would not keep something; it is sent all the same. */
  notKept(): void;
}

export class Runner implements LinkListener {
  #state: State;
  #link: Link | undefined;
  #nextStream = 0;
  readonly #store: Store;
  readonly #streams = new Streams();
  readonly #watcher: Watcher;
  readonly #now: () => number;
  /** Writes of one page reach the store in the order of their effects. */
  #writes: Promise<unknown> = Promise.resolve();

  constructor(state: State, store: Store, watcher: Watcher, now: () => number) {
    this.#state = state;
    this.#store = store;
    this.#watcher = watcher;
    this.#now = now;
  }

  get state(): State {
    return this.#state;
  }

  /** Reads the history, then connects: what was open is sent with the first greeting. */
  async start(link: Link): Promise<void> {
    this.#link = link;
    try {
      this.dispatch({ kind: "loaded", ...(await this.#store.load()) });
    } catch {
      this.#watcher.notKept();
    }
    link.wake();
  }

  dispatch(event: Event): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      this.#run(effect);
    }
    // Effects may have fed further events; what counts is where they led.
    this.#watcher.changed(this.#state);
  }

  link(link: LinkState): void {
    this.dispatch({ kind: "link", link, now: this.#now() });
  }

  message(message: ServerMessage): void {
    this.dispatch({ kind: "message", message, now: this.#now() });
  }

  roundTrip(millis: number): void {
    this.dispatch({ kind: "round-trip", millis });
  }

  binary(bytes: Uint8Array): void {
    const piece = this.#streams.frame(bytes);
    if (piece === "too-large") {
      this.#watcher.say({ what: "failed", code: "too-large" });
    } else if (piece !== undefined) {
      this.dispatch({ kind: "media", ...piece });
    }
  }

  #run(effect: Effect): void {
    switch (effect.kind) {
      case "save": {
        const saved = (): void => this.dispatch({ kind: "saved", guid: effect.intent.guid, now: this.#now() });
        this.#write(() => this.#store.saveIntent(effect.intent)).then(saved);
        break;
      }
      case "submit": {
        const { work, uploads } = pack(effect.intent, this.#state.userId, this.#state.limits, () => (this.#nextStream++ % 255) + 1);
        this.#link?.send(work);
        this.#link?.upload(uploads);
        break;
      }
      case "transmit":
        this.#link?.send(effect.message);
        break;
      case "keep":
        this.#write(() => this.#store.keep(effect.turn));
        break;
      case "settle":
        this.#write(() => this.#store.settle(effect.guid));
        break;
      case "erase":
        this.#write(() => this.#store.erase(effect.guid));
        break;
      case "forget":
        this.#write(() => this.#store.forget());
        break;
      case "open-stream":
        this.#streams.open(effect.stream, effect.guid, effect.mediaType, effect.seq, effect.wanted);
        break;
      case "drop-streams":
        this.#streams.clear();
        break;
      case "reconnect":
        this.#link?.drop();
        break;
      case "say":
        this.#watcher.say(effect.say);
        break;
    }
  }

  #write(write: () => Promise<void>): Promise<void> {
    const written = this.#writes.then(write).catch(() => this.#watcher.notKept());
    this.#writes = written;
    return written;
  }
}
