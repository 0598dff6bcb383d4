// SPDX-License-Identifier: GPL-3.0-only
// The speech loop with a scripted microphone; answers read aloud with a scripted voice; intents beside the conversation.
import * as assert from "../assert.ts";
import { Aside } from "../../../main/web/core/aside.ts";
import { Downsampler } from "../../../main/web/core/speech/downsampler.ts";
import type { Command } from "../../../main/web/core/speech/commands.ts";
import { Loop, type Ears, type Surroundings } from "../../../main/web/core/speech/loop.ts";
import { AHEAD, Reader, type Sound } from "../../../main/web/core/speech/reader.ts";
import { DEFAULT_SETTINGS, MAX_PAUSE_MILLIS, readSettings } from "../../../main/web/core/speech/settings.ts";
import { wav } from "../../../main/web/core/speech/clip.ts";
import { FakeEdges } from "../samples.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve));

class Scripted implements Ears, Surroundings {
  done: string[] = [];
  timers: { millis: number; action: () => void; stopped: boolean }[] = [];
  answers: ((text: string | undefined) => void)[] = [];
  clip: Uint8Array<ArrayBuffer> | undefined;

  open = () => this.done.push("open");
  close = () => this.done.push("close");
  begin = () => (this.clip = new Uint8Array(4));
  drop = () => (this.clip = undefined);
  end = (): Uint8Array<ArrayBuffer> | undefined => this.clip;
  command = ({ kind }: Command) => this.done.push(kind);
  send = (text: string) => this.done.push(`send ${text}`);
  cancel = () => this.done.push("cancel");
  holdVoice = (on: boolean) => this.done.push(on ? "hold-voice" : "go-on");
  chime = () => {};
  changed = () => {};

  transcribe(): Promise<string> {
    return new Promise((resolve, reject) => this.answers.push((text) => (text === undefined ? reject(new Error()) : resolve(text))));
  }

  after(millis: number, action: () => void): () => void {
    const timer = { millis, action, stopped: false };
    this.timers.push(timer);
    return () => (timer.stopped = true);
  }

  rings(millis: number): void {
    const timer = this.timers.find((each) => each.millis === millis && !each.stopped);
    assert.ok(timer, `no timer of ${millis} ms`);
    timer.stopped = true;
    timer.action();
  }
}

function listening(): { loop: Loop; around: Scripted } {
  const around = new Scripted();
  const loop = new Loop({ ...DEFAULT_SETTINGS, engine: "realm" }, around, around);
  loop.dispatch({ kind: "tap" });
  loop.dispatch({ kind: "opened" });
  return { loop, around };
}

const says = (loop: Loop): void => (["speech", "silence"] as const).forEach((kind) => loop.dispatch({ kind }));

Deno.test("should send what was heard", async () => {
  const { loop, around } = listening();
  says(loop);
  around.rings(DEFAULT_SETTINGS.pauseMillis);
  around.answers[0]?.("Draw a house");
  await settled();
  assert.ok(around.done.includes("send Draw a house"));
});

Deno.test("should sleep again when nobody could turn it into text", async () => {
  const { loop, around } = listening();
  says(loop);
  around.rings(DEFAULT_SETTINGS.pauseMillis);
  around.answers[0]?.(undefined);
  await settled();
  assert.equal(loop.state.mode, "asleep");
});

Deno.test("should not take late words for those of a newer clip", async () => {
  const { loop, around } = listening();
  says(loop);
  around.rings(DEFAULT_SETTINGS.pauseMillis);
  loop.dispatch({ kind: "stop" });
  loop.dispatch({ kind: "tap" });
  says(loop);
  around.rings(DEFAULT_SETTINGS.pauseMillis);
  around.answers[0]?.("old words");
  await settled();
  assert.equal(loop.state.mode, "thinking");
  around.answers[1]?.("new words");
  await settled();
  assert.deepEqual(around.done.filter((each) => each.startsWith("send")), ["send new words"]);
});

Deno.test("should stop its timers when it goes to sleep", () => {
  const { loop, around } = listening();
  loop.dispatch({ kind: "stop" });
  assert.ok(around.timers.every(({ stopped }) => stopped));
});

class ScriptedVoice {
  asked: string[] = [];
  played: string[] = [];
  stopped: string[] = [];
  ends: (() => void)[] = [];
  mute = new Set<string>();

  prepare(text: string): Promise<Sound | undefined> {
    this.asked.push(text);
    return Promise.resolve(this.mute.has(text) ? undefined : this.sound(text));
  }

  sound(text: string): Sound {
    return {
      play: (done) => {
        this.played.push(text);
        this.ends.push(done);
      },
      stop: () => this.stopped.push(text),
    };
  }
}

function reading(voice = new ScriptedVoice()) {
  const told: string[] = [];
  const said: string[] = [];
  const reader = new Reader(voice, (what) => `${what}.`, (what) => told.push(what), (sentence) => said.push(sentence));
  return { voice, told, said, reader };
}

const LONG = "The first one is here. The second one is here. The third one is here. The fourth one is here. The fifth one is here. ";

Deno.test("should read one sentence after the other, and make only a few ready ahead", async () => {
  const { voice, told, reader } = reading();
  reader.follow(LONG, true);
  await settled();
  assert.equal(voice.asked.length, AHEAD);
  assert.deepEqual(voice.played, ["The first one is here."]);
  assert.deepEqual(told, ["sounds"]);
  for (let i = 0; i < 5; i++) {
    voice.ends[i]?.();
    await settled();
  }
  assert.equal(voice.played.length, 5);
  assert.deepEqual(told, ["sounds", "spoken"]);
});

Deno.test("should begin while the answer still grows, and not end before it does", async () => {
  const { voice, told, reader } = reading();
  reader.follow("Mountains are high. Th", false);
  await settled();
  voice.ends[0]?.();
  await settled();
  assert.deepEqual(told, ["sounds"]);
  reader.follow("Mountains are high. They are old.", true);
  await settled();
  assert.deepEqual(voice.played, ["Mountains are high.", "They are old."]);
});

Deno.test("should be silent at once when it is stopped", async () => {
  const { voice, told, reader } = reading();
  reader.follow(LONG, true);
  await settled();
  reader.stop();
  reader.follow(`${LONG} More of it comes.`, true);
  voice.ends[0]?.();
  await settled();
  assert.deepEqual(voice.stopped, ["The first one is here."]);
  assert.equal(voice.played.length, 1);
  assert.deepEqual(told, ["sounds"]);
});

Deno.test("should say which words are heard, and after which ones it was cut short", async () => {
  const { voice, said, reader } = reading();
  reader.follow(LONG, true);
  assert.equal(reader.cutAfter, undefined, "nothing has been heard");
  await settled();
  voice.ends[0]?.();
  await settled();
  assert.deepEqual(said, ["The first one is here.", "The second one is here."]);
  assert.equal(reader.cutAfter, "The first one is here. The second one is here.");
  reader.stop();
  assert.equal(reader.cutAfter, undefined, "once");

  const short = reading();
  short.reader.follow("It was read to its end.", true);
  await settled();
  short.voice.ends[0]?.();
  await settled();
  assert.equal(short.reader.cutAfter, undefined, "nothing was cut");
});

Deno.test("should pass over what nobody can speak, and say so if that is all", async () => {
  const { voice, told, reader } = reading();
  voice.mute.add("The first one is here.");
  reader.follow("The first one is here. The second one is here.", true);
  await settled();
  assert.deepEqual(voice.played, ["The second one is here."]);
  const mute = reading();
  mute.voice.mute.add("Nobody can say this.");
  mute.reader.follow("Nobody can say this.", true);
  await settled();
  assert.deepEqual(mute.told, ["ended"]);
  assert.deepEqual(told, ["sounds"]);
});

Deno.test("should play an answer that is a sound itself, and survive one that is none", async () => {
  const { voice, told, reader } = reading();
  reader.play(Promise.resolve(voice.sound("a bell")));
  await settled();
  voice.ends[0]?.();
  assert.deepEqual(told, ["sounds", "spoken"]);
  const broken = reading();
  broken.reader.play(Promise.reject(new TypeError("no sound")));
  await settled();
  assert.deepEqual(broken.told, ["ended"]);
});

Deno.test("should ask beside the conversation, and keep nothing of what was answered", async () => {
  const edges = new FakeEdges();
  const aside = new Aside("u-1", "ws://here/ws", edges);
  await settled();
  edges.socket.open();
  for (let i = 0; i < 50; i++) {
    const answer = aside.ask({ queryType: "transcribe", text: "", media: [{ media_type: "audio/wav", bytes: wav([]) }], parameters: { language: "de" } });
    await settled();
    const work = edges.socket.ofType("work").at(-1) as { guid: string; query_type: string; parameters: object };
    assert.equal(work.query_type, "transcribe");
    assert.deepEqual(work.parameters, { language: "de" });
    edges.socket.hear({ type: "accepted", guid: work.guid, worker_id: "w-1", attempt: 1 });
    edges.socket.hear({ type: "result", guid: work.guid, worker_id: "w-1", result_text: `words ${i}` });
    assert.equal((await answer).text, `words ${i}`);
  }
  assert.equal(aside.kept, 1);
});

Deno.test("should say the code of an error, and end what is open when it is stopped", async () => {
  const edges = new FakeEdges();
  const aside = new Aside("u-1", "ws://here/ws", edges);
  await settled();
  edges.socket.open();
  const codes: string[] = [];
  const failing = aside.ask({ queryType: "speak", text: "words", media: [], parameters: {} });
  failing.catch((error: Error) => codes.push(error.message));
  await settled();
  const guid = (edges.socket.ofType("work").at(-1) as { guid: string }).guid;
  edges.socket.hear({ type: "error", guid, code: "impossible", message: "nobody speaks", retryable: false });
  await settled();
  aside.ask({ queryType: "speak", text: "words", media: [], parameters: {} }).catch((error: Error) => codes.push(error.message));
  await settled();
  aside.stop();
  const last = (edges.socket.ofType("cancel").at(-1) as { guid: string }).guid;
  edges.socket.hear({ type: "error", guid: last, code: "cancelled", message: "", retryable: false });
  await settled();
  assert.deepEqual(codes, ["impossible", "cancelled"]);
});

Deno.test("should make frames of 10 ms at 16 kHz from any rate", () => {
  for (const rate of [16_000, 44_100, 48_000, 96_000]) {
    const frames: Int16Array[] = [];
    const down = new Downsampler(rate, (frame) => frames.push(frame));
    const second = Float32Array.from({ length: rate }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / rate));
    for (let at = 0; at < rate; at += 128) {
      down.feed(second.subarray(at, at + 128));
    }
    assert.ok(Math.abs(frames.length - 100) <= 1, `${frames.length} frames at ${rate}`);
    const samples = frames.flatMap((frame) => [...frame]);
    const crossings = samples.filter((sample, i) => i > 0 && sample >= 0 && (samples[i - 1] ?? 0) < 0).length;
    assert.ok(Math.abs(crossings - 440) <= 12, `${crossings} Hz at ${rate}`);
    assert.ok(Math.max(...samples) > 15_000 && Math.max(...samples) < 16_500);
  }
});

Deno.test("should take kept settings as far as they make sense", () => {
  assert.deepEqual(readSettings(null), DEFAULT_SETTINGS);
  for (const broken of ["", "{", "null", "[]", "7", '{"wakeWord":"  ","bargeIn":"shout","pauseMillis":"x","aloud":1}']) {
    assert.deepEqual(readSettings(broken), DEFAULT_SETTINGS, broken);
  }
  const mine = readSettings('{"wakeWord":" Ada ","bargeIn":"finish","pauseMillis":99999,"aloud":false,"sounds":false,"volume":-3}');
  assert.deepEqual(mine, { wakeWord: "Ada", bargeIn: "finish", pauseMillis: MAX_PAUSE_MILLIS, aloud: false, sounds: false, volume: 0.1, vendor: false });
});
