// SPDX-License-Identifier: GPL-3.0-only
import { Recorder } from "../../core/speech/clip.ts";
import type { Ears } from "../../core/speech/loop.ts";
import type { Event, Reason } from "../../core/speech/speech.ts";
import { loudness, VoiceDetector } from "../../core/speech/voice.ts";

/** The microphone of this browser; what it hears stays here until a clip is asked for. */
export class Microphone implements Ears {
  readonly #context: () => AudioContext;
  readonly #tell: (event: Event) => void;
  readonly #level: (db: number) => void;
  readonly #recorder = new Recorder();
  #detector = new VoiceDetector();
  #track: MediaStreamTrack | undefined;
  #unplug: (() => void) | undefined;
  /** Counts what was opened and closed: what the browser grants too late is closed at once. */
  #wanted = 0;

  constructor(context: () => AudioContext, tell: (event: Event) => void, level: (db: number) => void) {
    this.#context = context;
    this.#tell = tell;
    this.#level = level;
  }

  open(): void {
    void this.#open(++this.#wanted);
  }

  async #open(wanted: number): Promise<void> {
    if (!isSecureContext || navigator.mediaDevices === undefined) {
      this.#tell({ kind: "closed", reason: "insecure" });
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
      });
      const [track] = stream.getAudioTracks();
      if (wanted !== this.#wanted || track === undefined) {
        stream.getTracks().forEach((each) => each.stop());
        return;
      }
      this.#track = track;
      await this.#listen(stream, track);
      if (wanted === this.#wanted) {
        this.#tell({ kind: "opened" });
      }
    } catch (error) {
      if (wanted === this.#wanted) {
        this.close();
        this.#tell({ kind: "closed", reason: reasonOf(error) });
      }
    }
  }

  async #listen(stream: MediaStream, track: MediaStreamTrack): Promise<void> {
    const context = this.#context();
    await context.resume();
    await context.audioWorklet.addModule(document.querySelector<HTMLMetaElement>('meta[name="mtor-listen"]')?.content ?? "");
    if (this.#track !== track) {
      return;
    }
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, "mtor-listen", { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Int16Array>) => this.#hear(data);
    source.connect(node);
    const lose = (reason: Reason): void => {
      this.close();
      this.#tell({ kind: "closed", reason });
    };
    const gone = (): void => lose("ended");
    // A phone in a pocket must not listen; beside a keyboard another tab may be in front.
    const hidden = (): void => {
      if (document.hidden && matchMedia("(pointer: coarse)").matches) {
        lose("hidden");
      }
    };
    track.addEventListener("ended", gone);
    track.addEventListener("mute", gone);
    document.addEventListener("visibilitychange", hidden);
    this.#unplug = () => {
      track.removeEventListener("ended", gone);
      track.removeEventListener("mute", gone);
      document.removeEventListener("visibilitychange", hidden);
      node.port.onmessage = null;
      source.disconnect();
    };
  }

  #hear(frame: Int16Array): void {
    this.#recorder.frame(frame);
    this.#level(loudness(frame));
    const event = this.#detector.hear(frame);
    if (event !== undefined) {
      this.#tell({ kind: event });
    }
  }

  close(): void {
    this.#wanted++;
    this.#unplug?.();
    this.#unplug = undefined;
    this.#track?.stop();
    this.#track = undefined;
    this.#recorder.clear();
    this.#detector = new VoiceDetector();
    this.#level(-100);
  }

  begin(): void {
    this.#recorder.begin();
  }

  drop(): void {
    this.#recorder.drop();
  }

  end(): Uint8Array<ArrayBuffer> | undefined {
    return this.#recorder.end();
  }
}

function reasonOf(error: unknown): Reason {
  const name = error instanceof DOMException ? error.name : "";
  return name === "NotAllowedError" || name === "SecurityError" ? "denied" : name === "NotFoundError" ? "missing" : "ended";
}
