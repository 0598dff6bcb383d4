// SPDX-License-Identifier: GPL-3.0-only
// How an intent is made of words, and which part of the conversation goes with it.
import type { Media } from "./media.ts";
import type { Intent } from "./outbox.ts";
import { conversation, type Turn } from "./turn.ts";

/** Kinds of work that take what was said before along. */
const WITH_CONVERSATION = new Set(["auto", "chat", "vision"]);

export interface Asked {
  text: string;
  attachments: Media[];
  queryType: string;
  parameters?: Record<string, unknown>;
  /** The turn in whose place it is asked: what was said before that one goes along, and nothing that came later. */
  inPlaceOf?: string;
}

export function intentOf({ text, attachments, queryType, parameters, inPlaceOf }: Asked, turns: readonly Turn[], guid: string, at: number): Intent {
  const place = turns.findIndex(({ intent }) => intent.guid === inPlaceOf);
  return {
    guid,
    query_type: queryType,
    query_text: text,
    conversation: WITH_CONVERSATION.has(queryType) ? conversation(place < 0 ? turns : turns.slice(0, place)) : [],
    attachments,
    ...(parameters === undefined ? {} : { parameters }),
    at,
  };
}
