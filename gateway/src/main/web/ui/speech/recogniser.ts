// SPDX-License-Identifier: GPL-3.0-only
// The speech recognition that a browser brings: on this device, or by its vendor.

/** One that has said nothing for so long after it began is taken for one that does not work. */
const SILENT_MILLIS = 4_000;

/** As browsers have it (Web Speech API); the types of the DOM library do not know it. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  continuous: boolean;
  processLocally?: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

interface RecognitionClass {
  new (): Recognition;
  available?(options: { langs: string[]; processLocally: boolean }): Promise<string>;
}

type Results = ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;

function recognitionClass(): RecognitionClass | undefined {
  const scope = globalThis as { SpeechRecognition?: RecognitionClass; webkitSpeechRecognition?: RecognitionClass };
  return scope.SpeechRecognition ?? scope.webkitSpeechRecognition;
}

/** What this browser can do in this language: `device` only if it says itself that nothing is sent anywhere. */
export async function abilities(language: string): Promise<{ device: boolean; vendor: boolean }> {
  const known = recognitionClass();
  if (known === undefined) {
    return { device: false, vendor: false };
  }
  try {
    const local = await known.available?.({ langs: [language], processLocally: true });
    return { device: local === "available", vendor: true };
  } catch {
    return { device: false, vendor: true };
  }
}

/** Recognises what is said from `begin` until `end`. */
export class Recogniser {
  readonly #partial: (text: string) => void;
  #running: { recognition: Recognition; text: Promise<string> } | undefined;

  /** @param partial told what has been understood so far */
  constructor(partial: (text: string) => void) {
    this.#partial = partial;
  }

  begin(language: string, local: boolean): void {
    this.drop();
    const known = recognitionClass();
    if (known === undefined) {
      return;
    }
    const recognition = new known();
    recognition.lang = language;
    recognition.interimResults = true;
    recognition.continuous = true;
    if (local) {
      recognition.processLocally = true;
    }
    const text = new Promise<string>((resolve, reject) => {
      let heard = "";
      const silent = setTimeout(() => reject(new Error("silent")), SILENT_MILLIS);
      for (const sign of ["start", "audiostart", "result"]) {
        recognition.addEventListener(sign, () => clearTimeout(silent));
      }
      recognition.addEventListener("result", (event) => {
        const { results } = event as unknown as { results: Results };
        heard = Array.from(results, (each) => each[0]?.transcript ?? "").join("");
        this.#partial(heard);
      });
      recognition.addEventListener("error", (event) => {
        clearTimeout(silent);
        const code = (event as unknown as { error: string }).error;
        if (code === "no-speech" || code === "aborted") {
          resolve("");
        } else {
          reject(new Error(code));
        }
      });
      recognition.addEventListener("end", () => {
        clearTimeout(silent);
        resolve(heard);
      });
    });
    // Whoever drops it does not wait for it.
    text.catch(() => {});
    this.#running = { recognition, text };
    recognition.start();
  }

  /** What was understood; rejects if it does not work here. */
  async end(): Promise<string> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) {
      throw new Error("none");
    }
    running.recognition.stop();
    return running.text;
  }

  drop(): void {
    this.#running?.recognition.abort();
    this.#running = undefined;
  }
}
