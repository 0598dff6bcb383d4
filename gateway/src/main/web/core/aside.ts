// SPDX-License-Identifier: GPL-3.0-only
// Intents beside the conversation, such as what speech needs: asked, answered, forgotten. They have a connection and an
// outbox of their own, so they are resumed like any other and nothing of them is kept.
import { Link, type Edges } from "./link.ts";
import type { Media } from "./media.ts";
import { Runner, type Watcher } from "./runner.ts";
import { initial, type State } from "./state.ts";
import { MemoryStore } from "./store.ts";
import { isOpen, type Turn } from "./turn.ts";

export interface Wish {
  queryType: string;
  text: string;
  media: Media[];
  parameters: Record<string, unknown>;
}

export class Aside implements Watcher {
  readonly #runner: Runner;
  readonly #edges: Edges;
  readonly #waiting = new Map<string, (turn: Turn) => void>();
  /** Answered ones, whose place a new one takes. */
  #answered: string[] = [];

  constructor(userId: string, url: string, edges: Edges) {
    this.#edges = edges;
    this.#runner = new Runner(initial(userId), new MemoryStore(), this, edges.now);
    void this.#runner.start(new Link(url, edges, this.#runner));
  }

  /** Resolves with the answer, rejects with the code of its error. */
  ask(wish: Wish): Promise<Turn> {
    const guid = this.#edges.guid();
    const intent = {
      guid,
      query_type: wish.queryType,
      query_text: wish.text,
      conversation: [],
      attachments: wish.media,
      parameters: wish.parameters,
      at: Date.now(),
    };
    const replaces = this.#answered.pop();
    return new Promise((resolve, reject) => {
      this.#waiting.set(guid, (turn) => (turn.phase === "done" ? resolve(turn) : reject(new Error(turn.error?.code ?? "cancelled"))));
      this.#runner.dispatch(replaces === undefined ? { kind: "send", intent } : { kind: "send", intent, replaces });
      if (!this.#runner.state.turns.some((turn) => turn.intent.guid === guid)) {
        this.#waiting.delete(guid);
        reject(new Error("too-many"));
      }
    });
  }

  /** How many intents it remembers, open ones and one that was answered. */
  get kept(): number {
    return this.#runner.state.turns.length;
  }

  /** Ends everything that is open. */
  stop(): void {
    this.#runner.state.turns.filter(isOpen).forEach(({ intent }) => this.#runner.dispatch({ kind: "stop", guid: intent.guid }));
  }

  changed(state: State): void {
    for (const turn of state.turns) {
      const { guid } = turn.intent;
      const answer = isOpen(turn) ? undefined : this.#waiting.get(guid);
      if (answer !== undefined) {
        this.#waiting.delete(guid);
        this.#answered.push(guid);
        answer(turn);
      }
    }
  }

  say(): void {}

  notKept(): void {}
}
