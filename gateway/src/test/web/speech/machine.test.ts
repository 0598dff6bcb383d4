// SPDX-License-Identifier: GPL-3.0-only
// The speech loop without a microphone: what it does with every event in every state, and what it never does.
import * as assert from "../assert.ts";
import type { Command } from "../../../main/web/core/speech/commands.ts";
import { step } from "../../../main/web/core/speech/machine.ts";
import {
  BARGE_MILLIS,
  BEGIN_MILLIS,
  isOpen,
  resting,
  type BargeIn,
  type Effect,
  type Event,
  type Manner,
  type Mode,
  type Purpose,
  type Speech,
  type Timer,
} from "../../../main/web/core/speech/speech.ts";

const MANNER: Manner = { wakeWord: "Computer", bargeIn: "talk", pauseMillis: 700, engine: "realm" };

/** The machine with what it holds: microphone, clip, timers, and what it has sent. */
class Loop {
  state: Speech;
  open = false;
  clip = false;
  timers = new Map<Timer, number>();
  asked: Purpose[] = [];
  sent: string[] = [];
  commands: Command[] = [];
  done: string[] = [];

  constructor(bargeIn: BargeIn = "talk") {
    this.state = resting({ ...MANNER, bargeIn });
  }

  on(...events: Event[]): this {
    for (const event of events) {
      const { state, effects } = step(this.state, event);
      this.state = state;
      effects.forEach((effect) => this.#run(effect));
    }
    return this;
  }

  #run(effect: Effect): void {
    switch (effect.kind) {
      case "close":
        this.open = false;
        break;
      case "begin-clip":
        assert.equal(this.clip, false, "a clip begins within a clip");
        this.clip = true;
        break;
      case "drop-clip":
        this.clip = false;
        break;
      case "transcribe":
        assert.equal(this.clip, true, "there is no clip to transcribe");
        this.clip = false;
        this.asked.push(effect.purpose);
        break;
      case "start":
        this.timers.set(effect.timer, effect.millis);
        break;
      case "clear":
        this.timers.delete(effect.timer);
        break;
      case "send":
        this.sent.push(effect.text);
        break;
      case "command":
        this.commands.push(effect.command);
        break;
      default:
        break;
    }
    this.done.push(effect.kind === "chime" ? `chime ${effect.chime}` : effect.kind);
  }

  /** A timer that runs goes off. */
  rings(timer: Timer): this {
    assert.ok(this.timers.delete(timer), `${timer} does not run in ${this.state.mode}`);
    return this.on({ kind: "timer", timer });
  }

  /** Open, and nobody has asked for anything. */
  armed(): this {
    this.on({ kind: "tap" }, { kind: "stop" }, { kind: "opened" });
    this.done = this.done.filter((kind) => kind !== "cancel");
    return this;
  }

  /** Somebody says something, and then nothing. */
  says(): this {
    return this.on({ kind: "speech" }, { kind: "silence" });
  }

  heard(purpose: Purpose, text: string): this {
    return this.on({ kind: "heard", purpose, text });
  }

  /** From sleep to an answer that sounds. */
  speaking(): this {
    return this.armed().says().rings("finish").heard("wake", "Computer, tell me a story").on({ kind: "sounds" }).rings("deaf");
  }

  is(mode: Mode): this {
    assert.equal(this.state.mode, mode);
    return this;
  }
}

Deno.test("should take the wake word and what is wanted in one breath", () => {
  const loop = new Loop().armed().is("asleep").says().rings("finish");
  assert.deepEqual(loop.asked, ["wake"]);
  loop.heard("wake", "Computer, imagine a neon mountain.").is("thinking");
  assert.deepEqual(loop.sent, ["imagine a neon mountain."]);
});

Deno.test("should listen after the wake word alone, and send what is said then", () => {
  const loop = new Loop().armed().says().rings("finish").heard("wake", "Computer.").is("wake");
  loop.rings("wake").is("listening").says().rings("finish").is("thinking");
  assert.deepEqual(loop.asked, ["wake", "words"]);
  loop.heard("words", "What is the time?");
  assert.deepEqual(loop.sent, ["What is the time?"]);
});

Deno.test("should go on with what is said while the wake word is still looked for", () => {
  const loop = new Loop().armed().says().rings("finish").on({ kind: "speech" }).heard("wake", "computer").is("listening");
  assert.equal(loop.clip, true);
  loop.on({ kind: "silence" }).rings("finish").is("thinking");
  const late = new Loop().armed().says().rings("finish").says().heard("wake", "computer").is("listening");
  late.rings("finish").is("thinking");
});

Deno.test("should throw away what is said without the wake word", () => {
  const loop = new Loop().armed().says().rings("finish").heard("wake", "we should buy a computer").is("asleep");
  assert.deepEqual(loop.sent, []);
});

Deno.test("should take no clip asleep where it would go to the vendor of the browser", () => {
  const loop = new Loop().on({ kind: "manner", manner: { ...MANNER, engine: "vendor" } }, { kind: "tap" }, { kind: "opened" }, { kind: "stop" });
  loop.on({ kind: "speech" }, { kind: "silence" }, { kind: "timer", timer: "finish" });
  assert.equal(loop.state.mode, "asleep");
  assert.equal(loop.clip, false);
  loop.on({ kind: "tap" }, { kind: "speech" }, { kind: "silence" }, { kind: "timer", timer: "finish" });
  assert.deepEqual(loop.asked, ["words"], "who taps means the page");
});

Deno.test("should send nothing where nobody speaks", () => {
  const loop = new Loop().armed().on({ kind: "tap" }).is("listening");
  assert.equal(loop.timers.get("begin"), BEGIN_MILLIS);
  loop.rings("begin").is("asleep");
  assert.deepEqual(loop.asked, []);
  assert.equal(loop.clip, false);
});

Deno.test("should send nothing where a recogniser hears only silence", () => {
  for (const text of ["", " ", "Thank you.", "[BLANK_AUDIO]", "(Musik)"]) {
    const loop = new Loop().armed().on({ kind: "tap" }).says().rings("finish").heard("words", text).is("asleep");
    assert.deepEqual(loop.sent, []);
  }
});

Deno.test("should wait for the end of a pause only while nobody speaks", () => {
  const loop = new Loop().armed().on({ kind: "tap" }, { kind: "speech" }, { kind: "silence" }, { kind: "speech" });
  assert.equal(loop.timers.has("finish"), false);
  loop.on({ kind: "silence" }).rings("finish").is("thinking");
});

Deno.test("should listen for as long as Talk is held, through every pause", () => {
  const loop = new Loop().armed().on({ kind: "hold" }).says();
  assert.equal(loop.timers.has("finish"), false);
  loop.says().on({ kind: "release" }).is("thinking");
  assert.deepEqual(new Loop().armed().on({ kind: "hold" }, { kind: "release" }).is("asleep").asked, []);
});

Deno.test("should open the microphone and listen at once when Talk is pressed first", () => {
  new Loop().on({ kind: "tap" }).is("opening").on({ kind: "opened" }).is("listening");
  new Loop().on({ kind: "hold" }, { kind: "release" }, { kind: "opened" }).is("listening");
});

Deno.test("should say why the microphone is closed, and close one that opens too late", () => {
  const denied = new Loop().on({ kind: "tap" }, { kind: "closed", reason: "denied" }).is("off");
  assert.equal(denied.state.reason, "denied");
  const muted = new Loop().on({ kind: "tap" }, { kind: "mute" }, { kind: "opened" }).is("off");
  assert.equal(muted.done.at(-1), "close");
});

Deno.test("should fall silent at once when somebody talks over the answer, and cut it when they go on", () => {
  const loop = new Loop().speaking().on({ kind: "speech" }).is("barge-in");
  assert.equal(loop.timers.get("barge"), BARGE_MILLIS);
  assert.ok(loop.done.includes("hold-voice"));
  loop.rings("barge").is("listening").on({ kind: "silence" }).rings("finish").is("thinking");
  assert.equal(loop.done.filter((kind) => kind === "cancel").length, 1);
});

Deno.test("should go on with the answer after a cough", () => {
  const loop = new Loop().speaking().says().is("speaking");
  assert.equal(loop.done.at(-1), "go-on");
  assert.equal(loop.clip, false);
  assert.equal(loop.done.includes("cancel"), false);
});

Deno.test("should not take the beginning of its own voice for somebody, but hear who goes on", () => {
  const loop = new Loop().armed().says().rings("finish").heard("wake", "Computer, go").on({ kind: "sounds" }, { kind: "speech" });
  loop.is("speaking").rings("deaf").is("barge-in");
});

Deno.test("should stop by voice whatever talking over it may do", () => {
  for (const bargeIn of ["word", "finish"] as const) {
    const loop = new Loop(bargeIn).speaking().says().is("speaking").rings("finish").heard("gate", "Stop!").is("asleep");
    assert.equal(loop.done.filter((kind) => kind === "cancel").length, 1);
    new Loop(bargeIn).speaking().says().rings("finish").heard("gate", "blah blah").is("speaking");
  }
  new Loop("talk").speaking().on({ kind: "speech" }).rings("barge").on({ kind: "silence" }).rings("finish").heard("words", "stop").is("asleep");
});

Deno.test("should heed the wake word over an answer unless that is to finish", () => {
  const word = new Loop("word").speaking().says().rings("finish").heard("gate", "Computer, what is two and two?").is("thinking");
  assert.equal(word.sent.at(-1), "what is two and two?");
  const finish = new Loop("finish").speaking().says().rings("finish").heard("gate", "Computer, what is two and two?").is("speaking");
  assert.equal(finish.sent.length, 1);
});

Deno.test("should let one follow up without the wake word, and sleep if nobody does", () => {
  const loop = new Loop().speaking().on({ kind: "spoken" }).is("follow-up").says().rings("finish").heard("words", "And then?");
  assert.equal(loop.sent.at(-1), "And then?");
  new Loop().speaking().on({ kind: "spoken" }).rings("follow").is("asleep");
});

Deno.test("should be ready again after each of a hundred answers", () => {
  const loop = new Loop().armed();
  for (let turn = 0; turn < 100; turn++) {
    loop.says().rings("finish").heard("wake", `Computer, number ${turn}`).on({ kind: "sounds" }, { kind: "spoken" }).rings("follow").is("asleep");
  }
  assert.equal(loop.sent.length, 100);
  assert.equal(loop.done.filter((kind) => kind === "open").length, 1);
});

Deno.test("should do itself what is said to the page, and send none of it", () => {
  const loop = new Loop().armed().says().rings("finish").heard("wake", "Computer, show the realm").is("follow-up");
  loop.says().rings("finish").heard("words", "Louder!").is("follow-up");
  assert.deepEqual(loop.commands, [{ kind: "show", view: "realm" }, { kind: "volume", by: 1 }]);
  assert.deepEqual(loop.sent, []);
});

Deno.test("should await an answer when the same is asked again", () => {
  const loop = new Loop().armed().says().rings("finish").heard("wake", "Computer, again").is("thinking");
  assert.deepEqual(loop.commands, [{ kind: "again" }]);
  loop.on({ kind: "sounds" }).is("speaking");
});

Deno.test("should change how loud it is without ending what it reads", () => {
  const loop = new Loop("word").speaking().says().rings("finish").heard("gate", "Computer, quieter").is("speaking");
  assert.deepEqual(loop.commands, [{ kind: "volume", by: -1 }]);
});

const TIMERS: Timer[] = ["wake", "begin", "finish", "cap", "follow", "barge", "deaf"];
const PURPOSES: Purpose[] = ["wake", "words", "gate"];
const EVENTS: Event[] = [
  ...(["mute", "opened", "hold", "release", "tap", "stop", "speech", "silence", "sounds", "spoken", "ended"] as const).map(
    (kind): Event => ({ kind }),
  ),
  ...(["denied", "ended", "hidden"] as const).map((reason): Event => ({ kind: "closed", reason })),
  ...TIMERS.map((timer): Event => ({ kind: "timer", timer })),
  ...PURPOSES.flatMap((purpose): Event[] => [
    ...["", "Computer", "Computer, draw a house", "Computer, louder", "Computer, show the realm", "again", "stop", "something else"].map((text): Event => ({ kind: "heard", purpose, text })),
    { kind: "unheard", purpose },
  ]),
  { kind: "manner", manner: { ...MANNER, bargeIn: "word" } },
];

/** Everything that can be reached, with the events that lead there. */
function reachable(): Speech[] {
  const seen = new Map<string, Speech>();
  const todo: Speech[] = (["talk", "word", "finish"] as const).map((bargeIn) => resting({ ...MANNER, bargeIn }));
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    const key = JSON.stringify(state);
    if (!seen.has(key)) {
      seen.set(key, state);
      EVENTS.forEach((event) => todo.push(step(state as Speech, event).state));
    }
  }
  return [...seen.values()];
}

Deno.test("should know every event in every state, and keep a clip only where one may be", () => {
  const states = reachable();
  assert.equal(new Set(states.map(({ mode }) => mode)).size, 9);
  for (const state of states) {
    for (const event of EVENTS) {
      const { state: next, effects } = step(state, event);
      assert.ok(isOpen(next) || !next.clip, `a clip in ${next.mode}`);
      const asks = effects.some(({ kind }) => kind === "transcribe");
      assert.ok(!asks || (state.clip && state.spoke), `silence is sent: ${JSON.stringify([state, event])}`);
      assert.ok(!asks || !next.clip, "what was sent is kept");
    }
  }
});

Deno.test("should never leave the microphone open when it is off, whatever happens", () => {
  let seed = 1;
  const chance = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let walk = 0; walk < 500; walk++) {
    const loop = new Loop((["talk", "word", "finish"] as const)[walk % 3]);
    let opening = 0;
    for (let i = 0; i < 80; i++) {
      const event = EVENTS[chance(EVENTS.length)] as Event;
      // The browser opens it only when it was asked to; a track that has ended is closed.
      if (event.kind === "opened" && opening === 0) {
        continue;
      }
      if (event.kind === "timer" && !loop.timers.has(event.timer)) {
        continue;
      }
      if (event.kind === "opened") {
        opening--;
        loop.open = true;
      } else if (event.kind === "closed") {
        loop.open = false;
        opening = 0;
      }
      const asked = loop.done.length;
      loop.on(event);
      opening += loop.done.slice(asked).filter((kind) => kind === "open").length;
      assert.ok(loop.state.mode !== "off" || !loop.open, `open after ${JSON.stringify(event)}`);
      assert.equal(loop.clip, loop.state.clip);
      assert.ok(loop.state.mode !== "off" || loop.timers.size === 0, "a timer runs while it is off");
      // From anywhere it is two steps to quiet.
    }
    loop.on({ kind: "stop" });
    assert.ok(["off", "opening", "asleep"].includes(loop.state.mode), `stop led to ${loop.state.mode}`);
    loop.on({ kind: "mute" });
    assert.equal(loop.state.mode, "off");
  }
});
