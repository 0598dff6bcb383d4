// SPDX-License-Identifier: GPL-3.0-only
// Opens the page when the gateway does not answer. A file of its own, at the root, since it serves what is below it.
import { Precache, type Shell } from "./core/precache.ts";

/** What the build knows: it writes this before everything else here. */
declare const SHELL: Shell;

interface Waits extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetches extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope {
  readonly location: Location;
  readonly caches: CacheStorage;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waits) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetches) => void): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

const scope = self as unknown as WorkerScope;

const precache = new Precache(SHELL, {
  origin: scope.location.origin,
  caches: scope.caches,
  fetch: (request) => fetch(request),
  after: (millis, action) => {
    const timer = setTimeout(action, millis);
    return () => clearTimeout(timer);
  },
});

scope.addEventListener("install", (event) => event.waitUntil(precache.install()));

// A page that was there before is served from now on, so that its views load without the gateway.
scope.addEventListener("activate", (event) => event.waitUntil(precache.clean().then(() => scope.clients.claim())));

scope.addEventListener("fetch", (event) => {
  const answer = precache.answer(event.request);
  if (answer !== undefined) {
    event.respondWith(answer);
  }
});

scope.addEventListener("message", ({ data, ports }) => {
  if (data === "version") {
    ports[0]?.postMessage(SHELL.version);
  } else if (data === "follow") {
    void scope.skipWaiting();
  }
});
