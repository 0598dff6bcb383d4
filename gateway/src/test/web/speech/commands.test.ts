// SPDX-License-Identifier: GPL-3.0-only
import * as assert from "../assert.ts";
import { commandOf, nextVolume, VOLUMES } from "../../../main/web/core/speech/commands.ts";
import { browserOf, diagnose, type Look } from "../../../main/web/core/speech/diagnosis.ts";
import { resting, type Reason } from "../../../main/web/core/speech/speech.ts";
import { isStop } from "../../../main/web/core/speech/words.ts";

Deno.test("should know what is said to the page, in both languages", () => {
  const views = {
    realm: ["Show the realm.", "show me the realm", "Go to the realm!", "Zeig den Realm", "Zeige mir den Realm", "zeig mir die Karte", "show the workers"],
    history: ["show the history", "Zeig den Verlauf an.", "open history"],
    gallery: ["Show the pictures, please.", "show my pictures", "Zeig die Bilder", "öffne die Galerie"],
    help: ["help", "Help!", "Hilfe", "bitte Hilfe"],
    talk: ["back to the conversation", "zurück zum Gespräch"],
  };
  for (const [view, all] of Object.entries(views)) {
    for (const said of all) {
      assert.deepEqual(commandOf(said), { kind: "show", view }, said);
    }
  }
  assert.deepEqual(["Louder.", "lauter", "Quieter", "leiser"].map(commandOf), [1, 1, -1, -1].map((by) => ({ kind: "volume", by })));
  assert.deepEqual(["Again!", "noch einmal", "nochmal"].map(commandOf), [0, 0, 0].map(() => ({ kind: "again" })));
  assert.deepEqual(["save the picture", "Bild speichern", "Speichere das Bild"].map(commandOf), [0, 0, 0].map(() => ({ kind: "save" })));
});

Deno.test("should leave to the workers what only begins like that", () => {
  const intents = ["show the realm to a child", "show me a mountain", "help me write a letter", "louder than a lion, what is it?", "again and again", "constructor", "", "zeig den Hund", "save the whales"];
  for (const said of intents) {
    assert.equal(commandOf(said), undefined, said);
  }
});

Deno.test("should never take a word that stops for another command", () => {
  assert.deepEqual(["stop", "quiet", "leise", "ruhe", "cancel"].filter((said) => !isStop(said) || commandOf(said) !== undefined), []);
});

Deno.test("should go louder and quieter by steps, and no further than there is", () => {
  assert.equal(nextVolume(1, 1), 1);
  assert.equal(nextVolume(1, -1), 0.75);
  assert.equal(nextVolume(0.6, 1), 0.75);
  assert.equal(nextVolume(VOLUMES[0], -1), VOLUMES[0]);
});

const look = (reason: Reason, with_: Partial<Look> = {}): Look => ({
  speech: { ...resting({ wakeWord: "Computer", bargeIn: "talk", pauseMillis: 700, engine: "realm" }), reason },
  served: new Set(["transcribe"]),
  secure: true,
  permission: undefined,
  ...with_,
});

Deno.test("should say why the microphone is off, and what stands in the way first", () => {
  for (const reason of ["resting", "muted", "denied", "missing", "ended", "hidden"] as const) {
    assert.equal(diagnose(look(reason)), reason);
  }
  assert.equal(diagnose(look("resting", { secure: false, served: new Set() })), "insecure");
  const nobody = look("resting");
  assert.equal(diagnose({ ...nobody, speech: { ...nobody.speech, manner: { ...nobody.speech.manner, engine: "none" } } }), "nobody");
  assert.equal(diagnose(look("resting", { served: undefined })), "unknown");
  assert.equal(diagnose(look("resting", { permission: "denied" })), "denied");
  assert.equal(diagnose(look("denied", { permission: "granted" })), "resting");
  const open = look("muted", { permission: "denied" });
  assert.equal(diagnose({ ...open, speech: { ...open.speech, mode: "listening" } }), "on");
});

Deno.test("should know browsers by what they call themselves", () => {
  assert.equal(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "firefox");
  assert.equal(browserOf("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"), "chromium");
  assert.equal(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Safari/604.1"), "safari");
  assert.equal(browserOf("curl/8"), "other");
});
