// SPDX-License-Identifier: GPL-3.0-only

/** Files that are dragged over an element, and dropped there. */
export function takeDrops(target: HTMLElement, over: (files: boolean) => void, dropped: (files: File[]) => void): void {
  target.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(event.dataTransfer?.types.includes("Files") ?? false);
  });
  target.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) {
      over(false);
    }
  });
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    dropped([...(event.dataTransfer?.files ?? [])]);
  });
}
