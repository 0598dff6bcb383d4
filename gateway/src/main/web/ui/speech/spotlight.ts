// SPDX-License-Identifier: GPL-3.0-only
import { locate } from "../../core/speech/locate.ts";
import type { MtorAnswer } from "../answer.ts";

const NAME = "spoken";

/** Marks the words that are being spoken, where the browser can mark without changing the page. */
export class Spotlight {
  #guid = "";
  #from = 0;

  show(guid: string, sentence: string): void {
    if (guid !== this.#guid) {
      this.#guid = guid;
      this.#from = 0;
    }
    const answer = [...document.querySelectorAll<MtorAnswer>("mtor-answer")].find(({ turn }) => turn.intent.guid === guid);
    const words = answer?.querySelector(".words");
    if (words == null || globalThis.CSS.highlights === undefined) {
      return;
    }
    const nodes: Text[] = [];
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push(walker.currentNode as Text);
    }
    const place = locate(nodes.map(({ data }) => data), sentence, this.#from);
    if (place === undefined) {
      this.hide();
      return;
    }
    this.#from = place.next;
    const range = new Range();
    range.setStart(nodes[place.first]!, place.start);
    range.setEnd(nodes[place.last]!, place.end);
    CSS.highlights.set(NAME, new Highlight(range));
  }

  hide(): void {
    globalThis.CSS.highlights?.delete(NAME);
  }
}
