// SPDX-License-Identifier: GPL-3.0-only
// This browser's service worker, as the page sees it: which versions there are, and how one follows the other.

const URL_OF_WORKER = "/service-worker.js";

interface ScriptPolicies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): { toString(): string } };
}

/** The one script besides its own that the page may name, under trusted types. */
const policy = (window as { trustedTypes?: ScriptPolicies }).trustedTypes?.createPolicy("mtor-service-worker", {
  createScriptURL: (url) => {
    if (url !== URL_OF_WORKER) {
      throw new TypeError(`not the service worker: ${url}`);
    }
    return url;
  },
});

/** The version of this page, which the build wrote into it. */
export function ownVersion(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="mtor-version"]')?.content ?? "";
}

export class Installed {
  readonly #changed: () => void;
  #registration: ServiceWorkerRegistration | undefined;
  active: string | undefined;
  waiting: string | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Does nothing where a browser has no service workers, or will not have this one: the page works without. */
  async start(): Promise<void> {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (container === undefined) {
      return;
    }
    container.addEventListener("controllerchange", () => void this.#look());
    try {
      const url = policy?.createScriptURL(URL_OF_WORKER) ?? URL_OF_WORKER;
      this.#registration = await container.register(url as string, { updateViaCache: "none" });
    } catch {
      return;
    }
    this.#registration.addEventListener("updatefound", () => this.#await(this.#registration?.installing ?? null));
    this.#await(this.#registration.installing);
    await this.#look();
  }

  /** Asks the gateway whether it has another one. */
  async ask(): Promise<void> {
    await this.#registration?.update().catch(() => {});
  }

  /** Lets the one that waits take over. */
  follow(): void {
    this.#registration?.waiting?.postMessage("follow");
  }

  #await(worker: ServiceWorker | null): void {
    worker?.addEventListener("statechange", () => void this.#look());
  }

  async #look(): Promise<void> {
    const { active, waiting } = this.#registration ?? {};
    this.active = await version(active);
    this.waiting = await version(waiting);
    this.#changed();
  }
}

function version(worker: ServiceWorker | null | undefined): Promise<string | undefined> {
  if (worker === null || worker === undefined || worker.state === "redundant") {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(String(data));
    };
    worker.postMessage("version", [port2]);
  });
}
