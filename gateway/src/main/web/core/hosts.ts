// SPDX-License-Identifier: GPL-3.0-only
// The hosts that join through gateways, as operators see them. Pure; only the views need it.
import type { Operations, Worker } from "./protocol.ts";

const STATES = ["waiting", "in", "drained", "caught", "revoked"] as const;
const TRUSTS = ["own", "trusted", "volunteer"] as const;

export interface Host {
  mark: string;
  name: string | undefined;
  trust: (typeof TRUSTS)[number] | undefined;
  state: (typeof STATES)[number];
  workers: number;
  gateway: string | undefined;
}

/** What can be read of them: one without a mark or a state that is known is left out. */
export function readHosts({ hosts }: Pick<Operations, "hosts">): Host[] {
  return (Array.isArray(hosts) ? (hosts as unknown[]) : []).flatMap((given) => {
    const { mark, name, trust, state, workers, gateway_id } = (given ?? {}) as Record<string, unknown>;
    const known = STATES.find((each) => each === state);
    if (typeof mark !== "string" || known === undefined) {
      return [];
    }
    return [
      {
        mark,
        name: typeof name === "string" ? name : undefined,
        trust: TRUSTS.find((each) => each === trust),
        state: known,
        workers: typeof workers === "number" ? workers : 0,
        gateway: typeof gateway_id === "string" ? gateway_id : undefined,
      },
    ];
  });
}

/** Of a host that is kept from new work: to take one of its workers back would change nothing. */
export function isKept(worker: Worker, hosts: readonly Host[]): boolean {
  return hosts.some(({ mark, state }) => (state === "drained" || state === "caught") && worker.worker_id.includes(`-${mark}.`));
}
