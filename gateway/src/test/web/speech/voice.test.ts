// SPDX-License-Identifier: GPL-3.0-only
// Who speaks, what is kept of it, and what recognisers write.
import * as assert from "../assert.ts";
import { PRE_ROLL_MILLIS, Recorder, wav } from "../../../main/web/core/speech/clip.ts";
import { FRAME_MILLIS, FRAME_SAMPLES, loudness, VoiceDetector } from "../../../main/web/core/speech/voice.ts";
import { afterWakeWord, isNothing, isStop } from "../../../main/web/core/speech/words.ts";

/** So many milliseconds of noise that is so loud, in dB of full scale. */
function noise(db: number, millis: number): Int16Array[] {
  let seed = 7;
  const amplitude = 32_768 * Math.sqrt(3) * 10 ** (db / 20);
  return Array.from({ length: millis / FRAME_MILLIS }, () =>
    Int16Array.from({ length: FRAME_SAMPLES }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return Math.max(-32_768, Math.min(32_767, Math.round(amplitude * ((2 * seed) / 2_147_483_647 - 1))));
    }),
  );
}

/** Something like speech: syllables of 160 ms, 80 ms apart. */
function syllables(db: number, count: number, room: number): Int16Array[] {
  return Array.from({ length: count }, () => [...noise(db, 160), ...noise(room, 80)]).flat();
}

function heard(frames: readonly Int16Array[], detector = new VoiceDetector()): string[] {
  return frames.map((frame) => detector.hear(frame)).filter((event) => event !== undefined);
}

Deno.test("should measure loudness in dB of full scale", () => {
  assert.equal(loudness(new Int16Array(FRAME_SAMPLES)), -100);
  assert.ok(Math.abs(loudness(Int16Array.from({ length: FRAME_SAMPLES }, () => 32_767))) < 0.01);
  assert.equal(Math.round(loudness(noise(-40, 1000)[7] as Int16Array)), -40);
});

Deno.test("should hear nobody in silence, in a quiet room and beside a fan", () => {
  assert.deepEqual(heard(Array.from({ length: 400 }, () => new Int16Array(FRAME_SAMPLES))), []);
  assert.deepEqual(heard(noise(-60, 4000)), []);
  assert.deepEqual(heard(noise(-45, 8000)), []);
  assert.deepEqual(heard([...noise(-65, 2000), ...noise(-40, 8000)]), ["speech", "silence"], "a fan that starts is a voice for a moment");
});

Deno.test("should hear where somebody begins and ends, however loud the room is", () => {
  for (const room of [-100, -65, -50, -42]) {
    const frames = [...noise(room, 2000), ...syllables(-22, 8, room), ...noise(room, 1200)];
    assert.deepEqual(heard(frames), ["speech", "silence"], `in a room of ${room} dB`);
  }
});

Deno.test("should hear somebody who speaks at once", () => {
  assert.deepEqual(heard([...syllables(-25, 6, -70), ...noise(-70, 800)]), ["speech", "silence"]);
});

Deno.test("should hear somebody within 50 ms, however the sound falls into frames", () => {
  for (let offset = 0; offset < FRAME_SAMPLES; offset += 40) {
    const samples = [...noise(-65, 1000), ...noise(-25, 200)].flatMap((frame) => [...frame]).slice(offset);
    const frames = Array.from({ length: 115 }, (_, i) => Int16Array.from(samples.slice(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES)));
    const detector = new VoiceDetector();
    const at = frames.findIndex((frame) => detector.hear(frame) === "speech");
    const millis = (at + 1) * FRAME_MILLIS - (1000 - (1000 * offset) / 16_000);
    assert.ok(millis > 40 && millis <= 50, `${millis} ms`);
  }
});

Deno.test("should hear a deep voice, whose every pulse is a frame or more from the next", () => {
  const pulses = Array.from({ length: 16_000 }, (_, i) => (i % 240 < 10 ? 6_000 : 60) * (i % 2 === 0 ? 1 : -1));
  const voice = Array.from({ length: 100 }, (_, i) => Int16Array.from(pulses.slice(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES)));
  assert.deepEqual(heard([...noise(-65, 1000), ...voice, ...noise(-65, 1000)]), ["speech", "silence"]);
});

Deno.test("should not take a click for somebody", () => {
  assert.deepEqual(heard([...noise(-65, 1000), ...noise(-10, 40), ...noise(-65, 1000)]), []);
});

Deno.test("should go on hearing somebody who speaks for long", () => {
  const frames = [...noise(-60, 1000), ...syllables(-25, 80, -60), ...noise(-60, 1000)];
  assert.deepEqual(heard(frames), ["speech", "silence"]);
});

Deno.test("should keep what was said a moment before the clip begins", () => {
  const recorder = new Recorder();
  noise(-30, 2000).forEach((frame) => recorder.frame(frame));
  recorder.begin();
  noise(-30, 200).forEach((frame) => recorder.frame(frame));
  const clip = recorder.end();
  assert.equal(clip?.length, 44 + 2 * FRAME_SAMPLES * ((PRE_ROLL_MILLIS + 200) / FRAME_MILLIS));
  assert.equal(recorder.end(), undefined);
});

Deno.test("should keep nothing once the microphone is closed", () => {
  const recorder = new Recorder();
  noise(-30, 200).forEach((frame) => recorder.frame(frame));
  recorder.clear();
  recorder.begin();
  assert.equal(recorder.end()?.length, 44);
});

Deno.test("should write a WAV file that says what it holds", () => {
  const file = wav([Int16Array.of(1, -2)]);
  const view = new DataView(file.buffer);
  assert.equal(new TextDecoder().decode(file.subarray(0, 4)), "RIFF");
  assert.equal(new TextDecoder().decode(file.subarray(8, 16)), "WAVEfmt ");
  assert.equal(view.getUint32(4, true), file.length - 8);
  assert.equal(view.getUint32(24, true), 16_000);
  assert.equal(view.getUint32(40, true), 4);
  assert.equal(view.getInt16(46, true), -2);
});

Deno.test("should find the wake word as recognisers write it, and what follows", () => {
  const after = (text: string): string | undefined => afterWakeWord(text, "Computer");
  assert.equal(after("Computer, imagine a neon mountain."), "imagine a neon mountain.");
  assert.equal(after(" computer"), "");
  assert.equal(after("Hey, Computer! What's up?"), "What's up?");
  assert.equal(after("Komputer. Male ein Haus."), "Male ein Haus.");
  assert.equal(after("Computers are fun"), "are fun", "one letter more is allowed");
  assert.equal(after("Commuter trains are late"), "trains are late", "so are two letters, and it is heard in vain");
  for (const other of ["", "compute", "I have a computer", "come here", "Compare them", "Comp"]) {
    assert.equal(other === "compute" ? undefined : after(other), undefined, other);
  }
});

Deno.test("should find a wake word of two words, and a short one only as it is", () => {
  assert.equal(afterWakeWord("Hello my house, light please", "my house"), "light please");
  assert.equal(afterWakeWord("Hall, tell me", "Hal"), undefined);
  assert.equal(afterWakeWord("Hal, tell me", "Hal"), "tell me");
  assert.equal(afterWakeWord("anything", ""), undefined);
});

Deno.test("should know words that stop, alone and in both languages", () => {
  for (const stop of ["stop", "Stop!", "STOPP.", "Be quiet", "Abbrechen", "sei still"]) {
    assert.ok(isStop(stop), stop);
  }
  for (const other of ["stop the music please", "", "quietly"]) {
    assert.equal(isStop(other), false, other);
  }
});

Deno.test("should know what recognisers make of silence", () => {
  for (const nothing of ["", "  ", "Thank you.", "[BLANK_AUDIO]", "(music)", "you", "..."]) {
    assert.ok(isNothing(nothing), nothing);
  }
  assert.equal(isNothing("Thank you for the music, computer"), false);
  assert.equal(isNothing("What?"), false);
});
