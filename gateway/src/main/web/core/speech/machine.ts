// SPDX-License-Identifier: GPL-3.0-only
// The speech loop: step(state, event) → state and effects. Pure; microphone, timers, sounds and words are effects.
//
//            tap, hold        wake word, hold, tap         pause after speech
//   OFF ──► OPENING ──► ASLEEP ──────────► WAKE ──► LISTENING ──────────────► THINKING
//    ▲                   ▲ ▲ ▲            120 ms     ▲ │ ▲ nobody speaks, 6 s    │ first sound
//    │ mute, denied,     │ │ └───────────────────────│─┘ │                       ▼
//    │ track ended       │ └── stop, nothing heard ──│───│─── FOLLOW-UP ◄──── SPEAKING
//    └── from anywhere   └──────── 8 s of quiet ─────│───│──────┘  │ speech      ▲ │ speech
//                                                    │   └─────────┘   it was a  │ ▼
//                                                    └── it goes on ──────── BARGE-IN
//
// A clip is what the microphone gives from a moment before somebody spoke. It goes to whoever turns speech into text
// only if somebody spoke in it: silence is never sent.
import {
  BARGE_MILLIS,
  BEGIN_MILLIS,
  CAP_MILLIS,
  DEAF_MILLIS,
  FOLLOW_MILLIS,
  isOpen,
  WAKE_MILLIS,
  type Effect,
  type Event,
  type Mode,
  type Next,
  type Reason,
  type Speech,
  type Timer,
} from "./speech.ts";
import { commandOf } from "./commands.ts";
import { mayWake } from "./engines.ts";
import { afterWakeWord, isNothing, isStop } from "./words.ts";

const TIMERS: readonly Timer[] = ["wake", "begin", "finish", "cap", "follow", "barge", "deaf"];

/** What may be changed on the way to another mode. */
type Change = Partial<Omit<Speech, "mode" | "manner">>;

/** Into another mode: everything of the old one ends. */
function go(state: Speech, mode: Mode, change: Change = {}, effects: Effect[] = []): Next {
  const cleared = TIMERS.map((timer): Effect => ({ kind: "clear", timer }));
  const fresh = { held: false, clip: false, spoke: false, sent: false, eager: false, deaf: false };
  const next: Speech = { ...state, ...fresh, ...change, mode };
  const dropped: Effect[] = state.clip && !next.clip && !effects.some(({ kind }) => kind === "transcribe") ? [{ kind: "drop-clip" }] : [];
  const clip: Effect[] = next.clip && !state.clip ? [{ kind: "begin-clip" }] : [];
  return { state: next, effects: [...cleared, ...dropped, ...clip, ...effects] };
}

const stay = (state: Speech, ...effects: Effect[]): Next => ({ state, effects });
const start = (timer: Timer, millis: number): Effect => ({ kind: "start", timer, millis });
const clear = (timer: Timer): Effect => ({ kind: "clear", timer });

const asleep = (state: Speech, ...effects: Effect[]): Next => go(state, "asleep", {}, effects);
/** Whatever is asked, heard or spoken ends. */
const quiet = (state: Speech): Next => asleep(state, { kind: "cancel" });
const off = (state: Speech, reason: Reason, ...effects: Effect[]): Next => go(state, "off", { reason, voice: false }, effects);

function listen(state: Speech, held: boolean, ...effects: Effect[]): Next {
  const begin = held || state.voice ? [] : [start("begin", BEGIN_MILLIS)];
  return go(state, "listening", { held, clip: true, spoke: state.voice }, [...effects, ...begin, start("cap", CAP_MILLIS)]);
}

/** Who holds Talk wants to be heard, whatever is going on. */
const insist = (state: Speech): Next => listen(state, true, { kind: "cancel" }, { kind: "chime", chime: "wake" });

/** Goes on with a clip in which somebody has spoken already. */
function listenOn(state: Speech, held: boolean, ...effects: Effect[]): Next {
  const finish = held || state.voice ? [] : [start("finish", state.manner.pauseMillis)];
  return go(state, "listening", { held, clip: true, spoke: true }, [...effects, ...finish, start("cap", CAP_MILLIS)]);
}

/** What was said is to be understood. */
function think(state: Speech): Next {
  return go(state, "thinking", {}, [{ kind: "transcribe", purpose: "words" }, { kind: "chime", chime: "heard" }]);
}

/** What is meant for the page is no intent; only "again" is answered like one. */
function send(state: Speech, text: string): Next {
  const command = commandOf(text);
  if (command === undefined || command.kind === "again") {
    return go(state, "thinking", { sent: true }, [command === undefined ? { kind: "send", text } : { kind: "command", command }]);
  }
  return followUp(state, { kind: "command", command });
}

const followUp = (state: Speech, ...effects: Effect[]): Next => go(state, "follow-up", {}, [...effects, start("follow", FOLLOW_MILLIS)]);

export function step(before: Speech, event: Event): Next {
  const voice = event.kind === "speech" || (event.kind !== "silence" && before.voice);
  const state = { ...before, voice: voice && isOpen(before) };
  switch (event.kind) {
    case "manner":
      return stay({ ...state, manner: event.manner });
    case "closed":
      return state.mode === "off" ? stay(state) : off(state, event.reason);
    case "mute":
      return state.mode === "off" ? stay({ ...state, reason: "muted" }) : off(state, "muted", { kind: "close" });
    case "stop":
      return isOpen(state) ? quiet(state) : stay({ ...state, eager: false, held: false }, { kind: "cancel" });
    default:
      break;
  }
  switch (state.mode) {
    case "off":
      return whenOff(state, event);
    case "opening":
      return whenOpening(state, event);
    case "asleep":
      return whenAsleep(state, event);
    case "wake":
      return whenWaking(state, event);
    case "listening":
      return whenListening(state, event);
    case "thinking":
      return whenThinking(state, event);
    case "speaking":
      return whenSpeaking(state, event);
    case "barge-in":
      return whenBargingIn(state, event);
    case "follow-up":
      return whenFollowingUp(state, event);
  }
}

function whenOff(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "tap":
    case "hold":
      return go(state, "opening", { eager: true, held: event.kind === "hold" }, [{ kind: "open" }]);
    case "opened":
      // It was muted while the browser asked.
      return stay(state, { kind: "close" });
    default:
      return stay(state);
  }
}

function whenOpening(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "opened":
      return state.eager ? listen(state, state.held, { kind: "chime", chime: "wake" }) : asleep(state);
    case "tap":
    case "hold":
      return stay({ ...state, eager: true, held: event.kind === "hold" });
    case "release":
      return stay({ ...state, held: false });
    default:
      return stay(state);
  }
}

function whenAsleep(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "speech":
      if (!mayWake(state.manner.engine)) {
        return stay(state);
      }
      return state.clip
        ? stay(state, clear("finish"))
        : go(state, "asleep", { clip: true, spoke: true }, [start("cap", CAP_MILLIS)]);
    case "silence":
      return state.clip ? stay(state, start("finish", state.manner.pauseMillis)) : stay(state);
    case "timer":
      return state.clip && (event.timer === "finish" || event.timer === "cap")
        ? asleep(state, { kind: "transcribe", purpose: "wake" })
        : stay(state);
    case "heard":
      return event.purpose === "wake" ? awakened(state, event.text) : stay(state);
    case "tap":
    case "hold":
      return listen(state, event.kind === "hold", { kind: "chime", chime: "wake" });
    default:
      return stay(state);
  }
}

/** Nothing but the wake word: it listens. More than that: what follows is what is wanted. */
function awakened(state: Speech, text: string): Next {
  const rest = afterWakeWord(text, state.manner.wakeWord);
  if (rest === undefined) {
    return stay(state);
  }
  if (rest === "" && state.clip) {
    return listenOn(state, false, { kind: "chime", chime: "wake" });
  }
  if (rest === "") {
    return go(state, "wake", {}, [{ kind: "chime", chime: "wake" }, start("wake", WAKE_MILLIS)]);
  }
  return isStop(rest) ? quiet(state) : send(state, rest);
}

function whenWaking(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "timer":
      return event.timer === "wake" ? listen(state, false) : stay(state);
    case "speech":
      return listen(state, false);
    case "hold":
      return listen(state, true);
    case "tap":
      return quiet(state);
    default:
      return stay(state);
  }
}

function whenListening(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "speech":
      return stay({ ...state, spoke: true }, clear("begin"), clear("finish"));
    case "silence":
      return state.spoke && !state.held ? stay(state, start("finish", state.manner.pauseMillis)) : stay(state);
    case "timer":
      switch (event.timer) {
        case "finish":
        case "cap":
        case "begin":
          return enough(state);
        default:
          return stay(state);
      }
    case "release":
      return state.held ? enough(state) : stay(state);
    case "hold":
      return stay({ ...state, held: true }, clear("begin"), clear("finish"));
    case "tap":
      return enough(state);
    default:
      return stay(state);
  }
}

/** No more is said now. */
function enough(state: Speech): Next {
  return state.spoke ? think(state) : asleep(state);
}

function whenThinking(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "heard":
      return event.purpose === "words" && !state.sent ? understood(state, event.text) : stay(state);
    case "unheard":
      return event.purpose === "words" && !state.sent ? asleep(state, { kind: "chime", chime: "error" }) : stay(state);
    case "sounds":
      return state.sent ? go(state, "speaking", { deaf: true }, [start("deaf", DEAF_MILLIS)]) : stay(state);
    case "spoken":
    case "ended":
      return state.sent ? followUp(state) : stay(state);
    case "hold":
      return insist(state);
    case "tap":
      return quiet(state);
    default:
      return stay(state);
  }
}

function understood(state: Speech, text: string): Next {
  const words = afterWakeWord(text, state.manner.wakeWord) ?? text.trim();
  if (isNothing(words)) {
    return asleep(state);
  }
  return isStop(words) ? quiet(state) : send(state, words);
}

function whenSpeaking(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "timer":
      if (event.timer === "deaf") {
        const listening = { ...state, deaf: false };
        return state.voice ? interrupted(listening) : stay(listening);
      }
      return state.clip && (event.timer === "finish" || event.timer === "cap")
        ? stay({ ...state, clip: false, spoke: false }, clear("finish"), clear("cap"), { kind: "transcribe", purpose: "gate" })
        : stay(state);
    case "speech":
      return interrupted(state);
    case "silence":
      return state.clip ? stay(state, start("finish", state.manner.pauseMillis)) : stay(state);
    case "heard":
      return event.purpose === "gate" ? gated(state, event.text) : stay(state);
    case "spoken":
    case "ended":
      return followUp(state);
    case "hold":
      return insist(state);
    case "tap":
      return quiet(state);
    default:
      return stay(state);
  }
}

/** Somebody speaks while the answer is spoken: perhaps a cough, perhaps a word that ends it. */
function interrupted(state: Speech): Next {
  if (state.deaf) {
    return stay(state);
  }
  if (state.manner.bargeIn === "talk") {
    return go(state, "barge-in", { clip: true, spoke: true }, [{ kind: "hold-voice" }, start("barge", BARGE_MILLIS)]);
  }
  if (state.clip) {
    return stay(state, clear("finish"));
  }
  return stay({ ...state, clip: true, spoke: true }, { kind: "begin-clip" }, start("cap", CAP_MILLIS));
}

/** Where talking over an answer does not end it, "stop" does all the same, and the wake word unless it is to finish. */
function gated(state: Speech, text: string): Next {
  const rest = afterWakeWord(text, state.manner.wakeWord);
  if (isStop(rest ?? text)) {
    return quiet(state);
  }
  if (rest === undefined || state.manner.bargeIn === "finish") {
    return stay(state);
  }
  const command = commandOf(rest);
  if (command?.kind === "volume") {
    return stay(state, { kind: "command", command });
  }
  const next = rest === "" ? listen(state, false, { kind: "chime", chime: "wake" }) : send(state, rest);
  return { state: next.state, effects: [{ kind: "cancel" }, ...next.effects] };
}

function whenBargingIn(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "timer":
      return event.timer === "barge"
        ? listenOn(state, false, { kind: "cancel" })
        : stay(state);
    case "silence":
      return go(state, "speaking", {}, [{ kind: "go-on" }]);
    case "spoken":
    case "ended":
      return listenOn(state, false, { kind: "go-on" });
    case "hold":
      return listenOn(state, true, { kind: "cancel" });
    case "tap":
      return quiet(state);
    default:
      return stay(state);
  }
}

function whenFollowingUp(state: Speech, event: Event): Next {
  switch (event.kind) {
    case "speech":
      return listen(state, false);
    case "tap":
    case "hold":
      return listen(state, event.kind === "hold", { kind: "chime", chime: "wake" });
    case "timer":
      return event.timer === "follow" ? asleep(state) : stay(state);
    default:
      return stay(state);
  }
}
