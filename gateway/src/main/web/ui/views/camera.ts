// SPDX-License-Identifier: GPL-3.0-only
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../core/i18n.ts";
import { v } from "../../core/view-words.ts";
import { Light } from "../light.ts";
import { draw, fileOf, refusal, release, type Refusal } from "./still.ts";

type Phase = "opening" | "live" | "taken" | "insecure" | Refusal;

/**
 * A dialogue that shows what the camera sees, and takes a picture of it. The camera is open while it is shown and no
 * longer: not when a picture was taken, and not when it is left by Esc, by a button or by going to another view.
 */
export class MtorCamera extends Light {
  static override properties = { phase: { state: true } };
  declare phase: Phase;
  /** The picture, or nothing if it was left without one. */
  readonly result: Promise<File | undefined>;
  #settle: (file: File | undefined) => void = () => {};
  #stream: MediaStream | undefined;
  readonly #leave = (): void => this.#dialog?.close();

  constructor() {
    super();
    this.phase = "opening";
    this.result = new Promise((resolve) => (this.#settle = resolve));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#leave);
    this.#closed();
  }

  override firstUpdated(): void {
    this.#dialog?.showModal();
    void this.#open();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  get #video(): HTMLVideoElement | null {
    return this.querySelector("video");
  }

  get #canvas(): HTMLCanvasElement | null {
    return this.querySelector("canvas");
  }

  async #open(): Promise<void> {
    this.phase = "opening";
    if (navigator.mediaDevices === undefined) {
      this.phase = "insecure";
      return;
    }
    try {
      const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
      // It may have been left while the browser was still asking.
      if (!this.#dialog?.open || this.#video === null) {
        release(stream);
        return;
      }
      this.#stream = stream;
      stream.getVideoTracks()[0]?.addEventListener("ended", () => (this.phase = "missing"));
      this.#video.srcObject = stream;
      await this.#video.play();
      this.phase = "live";
    } catch (error) {
      this.#release();
      this.phase = refusal(error);
    }
  }

  #release(): void {
    release(this.#stream);
    this.#stream = undefined;
  }

  #take(): void {
    if (this.#video !== null && this.#canvas !== null) {
      draw(this.#video, this.#canvas);
      this.#release();
      this.phase = "taken";
    }
  }

  async #use(): Promise<void> {
    if (this.#canvas !== null) {
      this.#settle(await fileOf(this.#canvas, "camera.jpg"));
      this.#dialog?.close();
    }
  }

  #closed(): void {
    this.#release();
    this.#settle(undefined);
  }

  /** What comes next has the focus; the button that was pressed may be gone. */
  override updated(): void {
    this.querySelector<HTMLElement>("button.next")?.focus();
  }

  override render(): TemplateResult {
    const { phase } = this;
    const seen = phase === "live" || phase === "taken";
    return html`<dialog class="camera" aria-labelledby="camera-title" @close=${this.#closed}>
      <h2 id="camera-title">${v("camera.title")}</h2>
      <video autoplay playsinline muted ?hidden=${phase !== "live"} aria-label=${v("camera.live")}></video>
      <canvas ?hidden=${phase !== "taken"} role="img" aria-label=${v("camera.taken")}></canvas>
      <p role="status" class=${seen ? "unseen" : ""}>${v(`camera.${phase}`)}</p>
      <form method="dialog">
        <button class="capsule">${v("camera.cancel")}</button>
        ${phase === "live" ? this.#next(v("camera.take"), () => this.#take()) : nothing}
        ${phase === "taken"
          ? html`<button type="button" class="capsule" @click=${() => this.#open()}>${v("camera.retake")}</button>
              ${this.#next(v("camera.use"), () => this.#use())}`
          : nothing}
        ${seen || phase === "opening" || phase === "insecure" ? nothing : this.#next(t("turn.retry"), () => this.#open())}
      </form>
    </dialog>`;
  }

  #next(words: string, act: () => unknown): TemplateResult {
    return html`<button type="button" class="capsule next" @click=${act}>${words}</button>`;
  }
}

/** A picture of what is before the camera, or nothing if there was none or none was wanted. */
export async function photograph(): Promise<File | undefined> {
  const camera = document.createElement("mtor-camera") as MtorCamera;
  document.body.append(camera);
  const file = await camera.result;
  camera.remove();
  return file;
}
