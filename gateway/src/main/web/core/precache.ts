// SPDX-License-Identifier: GPL-3.0-only
// What the service worker keeps and gives: the files of the page, and nothing that anybody said.

/** The files of one version of the page; the build writes them down. */
export interface Shell {
  version: string;
  /** Paths; "/" is the page itself. */
  files: readonly string[];
}

/** The part of a request that decides. */
export interface Asked {
  method: string;
  mode: string;
  url: string;
}

const PREFIX = "mtor-shell-";

/** Longer than this nobody looks at an empty page while a cached one is there. */
export const PATIENCE_MILLIS = 4_000;

export interface Surroundings {
  readonly origin: string;
  readonly caches: CacheStorage;
  fetch(request: Request): Promise<Response>;
  after(millis: number, action: () => void): () => void;
}

export class Precache {
  readonly #shell: Shell;
  readonly #around: Surroundings;

  constructor(shell: Shell, around: Surroundings) {
    this.#shell = shell;
    this.#around = around;
  }

  get #name(): string {
    return PREFIX + this.#shell.version;
  }

  /** All or nothing: a version that lacks a file is none. */
  async install(): Promise<void> {
    const cache = await this.#around.caches.open(this.#name);
    await cache.addAll([...this.#shell.files]);
  }

  /** Lets go of the versions before. */
  async clean(): Promise<void> {
    const names = await this.#around.caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== this.#name).map((name) => this.#around.caches.delete(name)));
  }

  /** What answers the request; undefined leaves it to the browser, as if there were no service worker. */
  answer(request: Request): Promise<Response> | undefined {
    const path = pathOf(request, this.#around.origin);
    if (path === undefined || !this.#shell.files.includes(path)) {
      return undefined;
    }
    return path === "/" ? this.#page(request) : this.#file(request, path);
  }

  /** The gateway's own, which may be newer; the kept one when it does not come. */
  async #page(request: Request): Promise<Response> {
    const kept = (): Promise<Response | undefined> => this.#kept("/");
    return new Promise((resolve, reject) => {
      const useKept = async (otherwise: () => void): Promise<void> => {
        const response = await kept();
        if (response === undefined) {
          otherwise();
        } else {
          resolve(response);
        }
      };
      const cancel = this.#around.after(PATIENCE_MILLIS, () => void useKept(() => {}));
      this.#around.fetch(request).then(
        (response) => {
          cancel();
          // What stands before a gateway that is down says so with a page of its own.
          return response.status < 500 ? resolve(response) : useKept(() => resolve(response));
        },
        (error: unknown) => {
          cancel();
          return useKept(() => reject(error));
        },
      );
    });
  }

  async #file(request: Request, path: string): Promise<Response> {
    return (await this.#kept(path)) ?? this.#around.fetch(request);
  }

  async #kept(path: string): Promise<Response | undefined> {
    const cache = await this.#around.caches.open(this.#name);
    return cache.match(path);
  }
}

/** Which of our files is asked for, if it may be one. */
export function pathOf({ method, mode, url }: Asked, origin: string): string | undefined {
  const { origin: from, pathname } = new URL(url);
  if (method !== "GET" || from !== origin) {
    return undefined;
  }
  const isPage = pathname === "/" || pathname === "/index.html";
  return isPage ? (mode === "navigate" ? "/" : undefined) : pathname;
}
