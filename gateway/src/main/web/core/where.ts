// SPDX-License-Identifier: GPL-3.0-only

/** The HTTPS address that the gateway tells at /where, if it has one to tell. */
export function httpsAddress(told: unknown): string | undefined {
  const address = typeof told === "object" && told !== null && "https" in told ? told.https : undefined;
  return typeof address === "string" && URL.canParse(address) && new URL(address).protocol === "https:" ? address : undefined;
}
