// SPDX-License-Identifier: GPL-3.0-only
// The pictures that were made, out of all turns.
import { isPicture, sniff, type Media } from "./media.ts";
import { isOpen, type Turn } from "./turn.ts";

export interface Picture {
  /** Names it as long as it is kept. */
  key: string;
  guid: string;
  media: Media;
  /** What was asked for. */
  prompt: string;
  at: number;
}

/** Newest first; only what its bytes say is a picture, and only of answers that have ended. */
export function pictures(turns: readonly Turn[]): Picture[] {
  return turns
    .filter((turn) => !isOpen(turn))
    .flatMap(({ intent, media }) =>
      media.flatMap((item, i): Picture[] =>
        isPicture(item.bytes)
          ? [{ key: `${intent.guid}/${item.seq ?? `r${i}`}`, guid: intent.guid, media: item, prompt: intent.query_text, at: intent.at }]
          : [],
      ),
    )
    .sort((a, b) => b.at - a.at);
}

/** A name for the file of a picture: letters and digits of its prompt, so that no system minds. */
export function fileName({ prompt, media }: Picture, number?: number): string {
  const words = prompt
    .normalize("NFKD")
    .replace(/[^a-zA-Z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  const before = number === undefined ? "" : `${String(number).padStart(2, "0")}-`;
  const kind = sniff(media.bytes)?.slice("image/".length) ?? "bin";
  return `${before}${words || "mtor"}.${kind}`;
}

/** A seed that was hardly ever used before, for one more of the same words. */
export function anotherSeed(random: () => number): { seed: number } {
  return { seed: 1 + Math.floor(random() * 0x7fff_fffe) };
}
