// SPDX-License-Identifier: GPL-3.0-only

/** Longer sides than this help no model, and cost everybody. */
const MAX_SIDE = 2048;
const QUALITY = 0.92;

export type Refusal = "denied" | "missing" | "busy";

/** Why a browser does not lend camera or screen, by the name of its error. */
export function refusal(error: unknown): Refusal {
  const name = error instanceof DOMException ? error.name : "";
  return name === "NotAllowedError" || name === "SecurityError"
    ? "denied"
    : name === "NotFoundError" || name === "OverconstrainedError"
      ? "missing"
      : "busy";
}

export function release(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Draws what a video shows now. */
export function draw(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
  const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
}

export function fileOf(canvas: HTMLCanvasElement, name: string): Promise<File> {
  return new Promise((resolve, reject) => {
    const made = (blob: Blob | null): void =>
      blob === null ? reject(new Error("nothing was drawn")) : resolve(new File([blob], name, { type: blob.type }));
    canvas.toBlob(made, "image/jpeg", QUALITY);
  });
}
