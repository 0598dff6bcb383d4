// SPDX-License-Identifier: GPL-3.0-only
// What this browser keeps: the outbox (intents without a terminal message) and the history, both in IndexedDB.
import type { Media } from "./media.ts";
import type { Intent } from "./outbox.ts";
import type { Turn } from "./turn.ts";

/** Pictures and sound of the history; beyond it the oldest turns go. */
export const MAX_HISTORY_BYTES = 64 * 1024 * 1024;

const DRAFT = "attachments";

export interface Store {
  /** False when nothing outlives this page: private mode, a full disk, a browser without IndexedDB. */
  readonly lasting: boolean;
  load(): Promise<{ turns: Turn[]; open: Intent[] }>;
  saveIntent(intent: Intent): Promise<void>;
  settle(guid: string): Promise<void>;
  keep(turn: Turn): Promise<void>;
  erase(guid: string): Promise<void>;
  /** The pictures that wait beside half-written words. */
  loadDraft(): Promise<Media[]>;
  saveDraft(attachments: readonly Media[]): Promise<void>;
  forget(): Promise<void>;
}

export class MemoryStore implements Store {
  readonly lasting = false;
  readonly outbox = new Map<string, Intent>();
  readonly turns = new Map<string, Turn>();
  draft: readonly Media[] = [];

  async load(): Promise<{ turns: Turn[]; open: Intent[] }> {
    return { turns: [...this.turns.values()], open: [...this.outbox.values()] };
  }

  async saveIntent(intent: Intent): Promise<void> {
    this.outbox.set(intent.guid, intent);
  }

  async settle(guid: string): Promise<void> {
    this.outbox.delete(guid);
  }

  async keep(turn: Turn): Promise<void> {
    this.turns.set(turn.intent.guid, turn);
  }

  async erase(guid: string): Promise<void> {
    this.turns.delete(guid);
  }

  async loadDraft(): Promise<Media[]> {
    return [...this.draft];
  }

  async saveDraft(attachments: readonly Media[]): Promise<void> {
    this.draft = attachments;
  }

  async forget(): Promise<void> {
    this.outbox.clear();
    this.turns.clear();
    this.draft = [];
  }
}

/** Which of the tabs that share this database are alive; an intent belongs to the tab that sent it. */
export interface Tabs {
  readonly own: string;
  alive(): Promise<ReadonlySet<string>>;
}

interface Kept {
  guid: string;
  tab: string;
  intent: Intent;
}

/** The oldest turns beyond the limit, which must go. */
export function tooMuch(turns: readonly Turn[], limit = MAX_HISTORY_BYTES): Turn[] {
  let bytes = 0;
  return [...turns]
    .sort((a, b) => b.intent.at - a.intent.at)
    .filter(({ media, intent }) => {
      bytes += [...media, ...intent.attachments].reduce((sum, item) => sum + item.bytes.length, 0);
      return bytes > limit;
    });
}

export class BrowserStore implements Store {
  readonly lasting = true;
  readonly #database: IDBDatabase;
  readonly #tabs: Tabs;

  private constructor(database: IDBDatabase, tabs: Tabs) {
    this.#database = database;
    this.#tabs = tabs;
  }

  static async open(tabs: Tabs, factory: IDBFactory): Promise<BrowserStore> {
    const request = factory.open("mtor", 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        request.result.createObjectStore("outbox", { keyPath: "guid" });
        request.result.createObjectStore("turns", { keyPath: "intent.guid" });
      }
      request.result.createObjectStore("draft");
    };
    const database = await done(request);
    // A page of a later version in another tab may change it; it waits until everybody has let go.
    database.onversionchange = () => database.close();
    return new BrowserStore(database, tabs);
  }

  async load(): Promise<{ turns: Turn[]; open: Intent[] }> {
    const alive = await this.#tabs.alive();
    const read = this.#database.transaction(["outbox", "turns"]);
    const [kept, turns] = await Promise.all([
      done(read.objectStore("outbox").getAll() as IDBRequest<Kept[]>),
      done(read.objectStore("turns").getAll() as IDBRequest<Turn[]>),
    ]);
    const gone = tooMuch(turns);
    await Promise.all(gone.map((turn) => this.erase(turn.intent.guid)));
    const others = new Set(kept.filter(({ tab }) => tab !== this.#tabs.own && alive.has(tab)).map(({ guid }) => guid));
    const mine = kept.filter(({ guid }) => !others.has(guid)).map(({ intent }) => intent);
    // A turn that another living tab is working on is that tab's to show.
    return { turns: turns.filter((turn) => !gone.includes(turn) && !others.has(turn.intent.guid)), open: mine };
  }

  saveIntent(intent: Intent): Promise<void> {
    return this.#write("outbox", (store) => store.put({ guid: intent.guid, tab: this.#tabs.own, intent } satisfies Kept));
  }

  settle(guid: string): Promise<void> {
    return this.#write("outbox", (store) => store.delete(guid));
  }

  keep(turn: Turn): Promise<void> {
    return this.#write("turns", (store) => store.put(turn));
  }

  erase(guid: string): Promise<void> {
    return this.#write("turns", (store) => store.delete(guid));
  }

  async loadDraft(): Promise<Media[]> {
    const read = this.#database.transaction("draft").objectStore("draft");
    return (await done(read.get(DRAFT) as IDBRequest<Media[] | undefined>)) ?? [];
  }

  saveDraft(attachments: readonly Media[]): Promise<void> {
    return this.#write("draft", (store) => store.put(attachments, DRAFT));
  }

  async forget(): Promise<void> {
    await this.#write("outbox", (store) => store.clear());
    await this.#write("turns", (store) => store.clear());
    await this.#write("draft", (store) => store.clear());
  }

  #write(name: string, change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const write = this.#database.transaction(name, "readwrite");
      write.oncomplete = () => resolve();
      write.onerror = write.onabort = () => reject(write.error ?? new Error("not written"));
      change(write.objectStore(name));
    });
  }
}

function done<T>(request: IDBRequest<T> | IDBOpenDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    if ("onblocked" in request) {
      request.onblocked = () => reject(new Error("another tab holds an older version"));
    }
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error ?? new Error("not read"));
  });
}
