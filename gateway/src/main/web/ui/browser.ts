// SPDX-License-Identifier: GPL-3.0-only
// The browser as the cores see it: socket, timers, chance, identity, and the tabs that share its database.
import type { Pressed } from "../core/keys.ts";
import type { Edges, Socket } from "../core/link.ts";
import type { Operating } from "../core/operate.ts";
import { BrowserStore, MemoryStore, type Store, type Tabs } from "../core/store.ts";

/** A random UUID; `crypto.randomUUID` exists on secure origins only, and a local network often is none. */
export function guid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function userId(): string {
  const kept = localStorage.getItem("mtor.user");
  const id = kept ?? `u-${guid()}`;
  localStorage.setItem("mtor.user", id);
  return id;
}

const TOKEN = "mtor.operator";

/** The token of an operator who signed in in this tab; gone with the tab. */
export function keptToken(): string | undefined {
  return sessionStorage.getItem(TOKEN) ?? undefined;
}

/** Only one that was believed is worth keeping. */
export function keepToken({ admin, token }: Operating): void {
  if (token === undefined) {
    sessionStorage.removeItem(TOKEN);
  } else if (admin && token !== keptToken()) {
    sessionStorage.setItem(TOKEN, token);
  }
}

/** A key, with what decides whether it may act alone. */
export function pressed({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): Pressed {
  const typing = (target as Element | null)?.closest("input, textarea, select, dialog, [contenteditable]") != null;
  return { key, typing, modified: ctrlKey || metaKey || altKey };
}

export const edges: Edges = {
  connect: (url, protocol) => new WebSocket(url, protocol) as unknown as Socket,
  after: (millis, action) => {
    const timer = setTimeout(action, millis);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
  random: () => Math.random(),
  online: () => navigator.onLine,
  guid,
};

export function socketUrl(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
}

const LOCK = "mtor-tab-";

/**
 * This tab's name outlives a reload. A lock with that name lives as long as the page does, so others can tell a living
 * tab from one that is gone; a duplicated tab finds its name taken and takes another. Without locks (plain http on a
 * local network) every tab counts as gone: two tabs may then ask for the same intent, which is safe.
 */
async function tabs(): Promise<Tabs> {
  let own = sessionStorage.getItem("mtor.tab") ?? guid();
  if (navigator.locks && !(await hold(LOCK + own))) {
    own = guid();
    await hold(LOCK + own);
  }
  sessionStorage.setItem("mtor.tab", own);
  return {
    own,
    alive: async () => {
      const held = (await navigator.locks?.query())?.held ?? [];
      return new Set(held.flatMap(({ name = "" }) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
    },
  };
}

function hold(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });
}

export async function openStore(): Promise<Store> {
  try {
    return await BrowserStore.open(await tabs(), indexedDB);
  } catch {
    return new MemoryStore();
  }
}
