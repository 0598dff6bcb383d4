// SPDX-License-Identifier: GPL-3.0-only
import { draw, fileOf, refusal, release, type Refusal } from "./still.ts";

/** One picture of the screen or window that is chosen in the browser's own dialogue; nothing is held open after it. */
export async function screenshot(): Promise<File | Refusal> {
  let stream: MediaStream | undefined;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement("canvas");
    draw(video, canvas);
    return await fileOf(canvas, "screen.jpg");
  } catch (error) {
    return refusal(error);
  } finally {
    release(stream);
  }
}
