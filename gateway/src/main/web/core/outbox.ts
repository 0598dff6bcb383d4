// SPDX-License-Identifier: GPL-3.0-only
// An intent as it leaves: one work message, and the bytes that are too big to ride inside it.
import { toBase64, type Media } from "./media.ts";
import type { ConversationPart, Limits, Work } from "./protocol.ts";

/** What the user wants done, as it is kept until its terminal message came. */
export interface Intent {
  guid: string;
  query_type: string;
  query_text: string;
  conversation: ConversationPart[];
  attachments: Media[];
  parameters?: Record<string, unknown>;
  /** Wall clock, only to sort and to show. */
  at: number;
}

/** Media up to this size rides in the work message as base64. */
export const MAX_INLINE_BYTES = 700_000;
/** One binary frame, the stream's number included. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** Room left in a message for everything that is not media. */
const ENVELOPE_BYTES = 64 * 1024;

export interface Upload {
  stream: number;
  bytes: Uint8Array;
}

export interface Parcel {
  work: Work;
  uploads: Upload[];
}

/** `nextStream` gives the numbers 1..255 in turn, one per upload. */
export function pack(intent: Intent, userId: string, limits: Limits, nextStream: () => number): Parcel {
  const uploads: Upload[] = [];
  let room = Math.min(MAX_INLINE_BYTES, ((limits.max_message_bytes ?? Infinity) - ENVELOPE_BYTES) * 0.75);
  const media = intent.attachments.map(({ media_type, bytes }) => {
    if (bytes.length <= room) {
      room -= bytes.length;
      return { media_type, data: toBase64(bytes) };
    }
    const stream = nextStream();
    uploads.push({ stream, bytes });
    return { media_type, stream };
  });
  const work: Work = {
    type: "work",
    guid: intent.guid,
    query_type: intent.query_type,
    query_text: intent.query_text,
    user_id: userId,
    ...(intent.conversation.length > 0 ? { conversation: intent.conversation } : {}),
    ...(media.length > 0 ? { media } : {}),
    ...(intent.parameters === undefined ? {} : { parameters: intent.parameters }),
    stream: true,
    priority: "interactive",
  };
  return { work, uploads };
}

/** The frames of one upload; the last one is the stream's number alone. */
export function* frames({ stream, bytes }: Upload): Generator<Uint8Array<ArrayBuffer>> {
  const step = MAX_FRAME_BYTES - 1;
  for (let at = 0; at < bytes.length; at += step) {
    const part = bytes.subarray(at, at + step);
    const frame = new Uint8Array(part.length + 1);
    frame[0] = stream;
    frame.set(part, 1);
    yield frame;
  }
  yield Uint8Array.of(stream);
}
