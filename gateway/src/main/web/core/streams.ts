// SPDX-License-Identifier: GPL-3.0-only
// Puts the binary frames of incoming streams together again.
import type { Media } from "./media.ts";

/** One piece of an answer may be this big, and all unfinished pieces together as well. */
export const MAX_INCOMING_BYTES = 64 * 1024 * 1024;

interface Open {
  guid: string;
  mediaType: string;
  seq: number | undefined;
  wanted: boolean;
  parts: Uint8Array[];
}

export interface Piece {
  guid: string;
  media: Media;
}

export class Streams {
  readonly #open = new Map<number, Open>();
  #held = 0;

  /** A message named this stream. An unwanted one is read past: it repeats a piece that is already here. */
  open(stream: number, guid: string, mediaType: string, seq: number | undefined, wanted: boolean): void {
    this.#close(stream);
    this.#open.set(stream, { guid, mediaType, seq, wanted, parts: [] });
  }

  /** Takes one frame; answers with the piece when this frame was its end, and "too-large" when it had to be dropped. */
  frame(bytes: Uint8Array): Piece | "too-large" | undefined {
    const number = bytes[0];
    const stream = number === undefined ? undefined : this.#open.get(number);
    if (number === undefined || stream === undefined) {
      return undefined;
    }
    if (bytes.length > 1) {
      if (stream.wanted) {
        stream.parts.push(bytes.slice(1));
        this.#held += bytes.length - 1;
      }
      if (this.#held > MAX_INCOMING_BYTES) {
        this.#close(number);
        return "too-large";
      }
      return undefined;
    }
    this.#close(number);
    if (!stream.wanted) {
      return undefined;
    }
    const media: Media = { media_type: stream.mediaType, bytes: join(stream.parts) };
    return { guid: stream.guid, media: stream.seq === undefined ? media : { ...media, seq: stream.seq } };
  }

  /** The connection is gone, and with it every unfinished piece. */
  clear(): void {
    this.#open.clear();
    this.#held = 0;
  }

  #close(number: number): void {
    for (const part of this.#open.get(number)?.parts ?? []) {
      this.#held -= part.length;
    }
    this.#open.delete(number);
  }
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
