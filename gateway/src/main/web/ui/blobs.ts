// SPDX-License-Identifier: GPL-3.0-only
import { sniff } from "../core/media.ts";

const urls = new WeakMap<Uint8Array, string>();
const registry = new FinalizationRegistry<string>((url) => URL.revokeObjectURL(url));

/** An address for these bytes that lives as long as they do. Its type is what the bytes are, never what a sender called them. */
export function blobUrl(bytes: Uint8Array<ArrayBuffer>): string {
  let url = urls.get(bytes);
  if (url === undefined) {
    url = URL.createObjectURL(new Blob([bytes], { type: sniff(bytes) ?? "application/octet-stream" }));
    urls.set(bytes, url);
    registry.register(bytes, url);
  }
  return url;
}
