// SPDX-License-Identifier: GPL-3.0-only
// Pictures and sound as bytes: what they are, and how they look as base64.

export interface Media {
  media_type: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Where in the answer it came; undefined for media of the result itself. */
  seq?: number;
}

const STARTS: [string, number, number[]][] = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
  ["audio/wav", 8, [0x57, 0x41, 0x56, 0x45]],
  ["audio/mpeg", 0, [0x49, 0x44, 0x33]],
  ["audio/mpeg", 0, [0xff, 0xfb]],
  ["audio/mpeg", 0, [0xff, 0xf3]],
  ["audio/ogg", 0, [0x4f, 0x67, 0x67, 0x53]],
  ["audio/flac", 0, [0x66, 0x4c, 0x61, 0x43]],
  ["audio/webm", 0, [0x1a, 0x45, 0xdf, 0xa3]],
  ["audio/mp4", 4, [0x66, 0x74, 0x79, 0x70]],
];

/**
 * What the first bytes say it is. What a sender calls it counts for nothing: an SVG that is called a PNG is never shown.
 */
export function sniff(bytes: Uint8Array): string | undefined {
  return STARTS.find(([, at, start]) => start.every((byte, i) => bytes[at + i] === byte))?.[0];
}

export function isPicture(bytes: Uint8Array): boolean {
  return sniff(bytes)?.startsWith("image/") ?? false;
}

export function fromBase64(data: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(data);
  } catch {
    return new Uint8Array(0);
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // fromCharCode takes its bytes as arguments, and arguments live on the stack.
  for (let at = 0; at < bytes.length; at += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return btoa(parts.join(""));
}
