// SPDX-License-Identifier: GPL-3.0-only
import { PATIENCE_MILLIS, pathOf, Precache, type Surroundings } from "../../main/web/core/precache.ts";
import { verdict } from "../../main/web/core/version.ts";
import { httpsAddress } from "../../main/web/core/where.ts";
import * as assert from "./assert.ts";

const ORIGIN = "http://here:8080";
const SHELL = { version: "2", files: ["/", "/shell-ABCD1234.js", "/favicon.svg"] };

/** A browser whose network answers, fails or hangs as it is told. */
class Browser implements Surroundings {
  readonly origin = ORIGIN;
  readonly kept = new Map<string, Map<string, Response>>();
  readonly fetched: string[] = [];
  network: "up" | "down" | "hangs" | "bad" = "up";
  late: (() => void) | undefined;

  readonly caches = {
    open: async (name: string) => {
      const cache = this.kept.get(name) ?? new Map<string, Response>();
      this.kept.set(name, cache);
      return {
        addAll: async (paths: string[]) => paths.forEach((path) => cache.set(path, new Response(`kept ${path}`))),
        match: async (path: string) => cache.get(path)?.clone(),
      };
    },
    keys: async () => [...this.kept.keys()],
    delete: async (name: string) => this.kept.delete(name),
  } as unknown as CacheStorage;

  fetch(request: Request): Promise<Response> {
    this.fetched.push(new URL(request.url).pathname);
    switch (this.network) {
      case "up":
        return Promise.resolve(new Response("fresh"));
      case "bad":
        return Promise.resolve(new Response("nobody is there", { status: 502 }));
      case "down":
        return Promise.reject(new TypeError("no network"));
      case "hangs":
        return new Promise(() => {});
    }
  }

  after(millis: number, action: () => void): () => void {
    assert.equal(millis, PATIENCE_MILLIS);
    this.late = action;
    return () => (this.late = undefined);
  }
}

async function installed() {
  const browser = new Browser();
  const precache = new Precache(SHELL, browser);
  await precache.install();
  return { browser, precache };
}

function asked(path: string, mode = "no-cors", method = "GET"): Request {
  return { method, mode, url: path.startsWith("http") ? path : ORIGIN + path } as Request;
}

const said = async (answer: Promise<Response> | undefined) => (await answer)?.text();

Deno.test("should leave everything but the files of the page to the network", async () => {
  const { precache, browser } = await installed();
  for (const path of ["/v1/models", "/v1/chat/completions", "/ws", "/metrics", "/livez", "/readyz", "/where", "/qr.svg", "/other.js"]) {
    assert.equal(precache.answer(asked(path)), undefined, path);
    assert.equal(precache.answer(asked(path, "navigate")), undefined, path);
  }
  assert.equal(precache.answer(asked("/", "navigate", "POST")), undefined);
  assert.equal(precache.answer(asked("http://elsewhere/favicon.svg")), undefined);
  assert.deepEqual(browser.fetched, []);
});

Deno.test("should know the page by any of its addresses, and only where somebody goes to it", () => {
  assert.equal(pathOf(asked("/", "navigate"), ORIGIN), "/");
  assert.equal(pathOf(asked("/index.html?from=home#help", "navigate"), ORIGIN), "/");
  assert.equal(pathOf(asked("/"), ORIGIN), undefined);
  assert.equal(pathOf(asked("/favicon.svg"), ORIGIN), "/favicon.svg");
});

Deno.test("should give kept files without asking the gateway", async () => {
  const { precache, browser } = await installed();
  assert.equal(await said(precache.answer(asked("/shell-ABCD1234.js"))), "kept /shell-ABCD1234.js");
  assert.deepEqual(browser.fetched, []);
});

Deno.test("should fetch a file that the browser has thrown away", async () => {
  const { precache, browser } = await installed();
  browser.kept.clear();
  assert.equal(await said(precache.answer(asked("/favicon.svg"))), "fresh");
});

Deno.test("should ask the gateway for the page first, and take the kept one if it does not answer well", async () => {
  const { precache, browser } = await installed();
  const page = () => precache.answer(asked("/", "navigate"));
  assert.equal(await said(page()), "fresh");
  browser.network = "down";
  assert.equal(await said(page()), "kept /");
  browser.network = "bad";
  assert.equal(await said(page()), "kept /");
  browser.network = "hangs";
  const late = page();
  browser.late?.();
  assert.equal(await said(late), "kept /");
});

Deno.test("should pass on what went wrong when no page is kept", async () => {
  const { precache, browser } = await installed();
  browser.kept.clear();
  browser.network = "bad";
  assert.equal((await precache.answer(asked("/", "navigate")))?.status, 502);
  browser.network = "down";
  const failed = await precache.answer(asked("/", "navigate"))?.then(() => "answered", () => "failed");
  assert.equal(failed, "failed");
});

Deno.test("should remove the versions before, and nothing of anybody else", async () => {
  const { precache, browser } = await installed();
  await browser.caches.open("mtor-shell-1");
  await browser.caches.open("somebody's");
  await precache.clean();
  assert.deepEqual([...browser.kept.keys()], ["mtor-shell-2", "somebody's"]);
});

Deno.test("should offer a newer version, and take it when it is wanted and nothing runs", () => {
  const now = { own: "1", active: "1", waiting: undefined, wanted: false, busy: false };
  assert.equal(verdict({ ...now, active: undefined }), "current");
  assert.equal(verdict(now), "current");
  assert.equal(verdict({ ...now, wanted: true }), "current");
  const newer = { ...now, waiting: "2" };
  assert.equal(verdict(newer), "offer");
  assert.equal(verdict({ ...newer, busy: true }), "offer");
  assert.equal(verdict({ ...newer, wanted: true, busy: true }), "soon");
  assert.equal(verdict({ ...newer, wanted: true }), "reload");
  // Another tab let it take over.
  assert.equal(verdict({ ...now, active: "2" }), "offer");
  assert.equal(verdict({ ...now, active: "2", wanted: true, busy: true }), "soon");
  // The page came from the gateway, newer than what was kept.
  assert.equal(verdict({ ...now, own: "2", waiting: "2" }), "follow");
  assert.equal(verdict({ ...now, own: "2", waiting: "2", busy: true }), "follow");
});

Deno.test("should believe an HTTPS address only", () => {
  assert.equal(httpsAddress({ https: "https://192.168.1.5:8443/" }), "https://192.168.1.5:8443/");
  for (const told of [{}, undefined, null, "https://a/", { https: 1 }, { https: "http://a/" }, { https: "javascript:alert(1)" }, { https: "https://" }]) {
    assert.equal(httpsAddress(told), undefined, JSON.stringify(told));
  }
});
