// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "./assert.ts";
import { meaning } from "../../main/web/core/keys.ts";
import { viewOf, VIEWS } from "../../main/web/core/route.ts";

const pressed = (key: string, typing = false, modified = false) => ({ key, typing, modified });

Deno.test("should know what a key means that is pressed alone", () => {
  const meant = ["/", "m", "M", "r", "g", "?", " ", "x"].map((key) => meaning(pressed(key), true));
  assert.deepEqual(meant, ["words", "mute", "mute", "again", "gallery", "help", "hold", undefined]);
});

Deno.test("should leave keys alone where somebody types or holds another key", () => {
  for (const key of ["/", "m", "r", "g", "?", " "]) {
    assert.equal(meaning(pressed(key, true), true), undefined, `typing ${key}`);
    assert.equal(meaning(pressed(key, false, true), true), undefined, `with another ${key}`);
  }
});

Deno.test("should do nothing with one key where that is switched off, but always stop with Escape", () => {
  for (const key of ["/", "m", "r", "g", "?", " "]) {
    assert.equal(meaning(pressed(key), false), undefined, key);
  }
  assert.equal(meaning(pressed("Escape"), false), "quiet");
  assert.equal(meaning(pressed("Escape", true), true), "quiet");
});

Deno.test("should show the conversation wherever the address names no part of the page", () => {
  assert.deepEqual(VIEWS.map((view) => viewOf(`#${view}`)), [...VIEWS]);
  assert.deepEqual(["", "#", "#words", "#constructor", "realm"].map(viewOf), ["talk", "talk", "talk", "talk", "talk"]);
});
