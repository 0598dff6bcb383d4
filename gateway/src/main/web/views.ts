// SPDX-License-Identifier: GPL-3.0-only
// The views beside the conversation, and what few people need: a bundle of its own, which is loaded with the first of them.
import { MtorAdmin } from "./ui/views/admin.ts";
import { MtorCamera } from "./ui/views/camera.ts";
import { MtorElsewhere } from "./ui/views/elsewhere.ts";
import { MtorGallery } from "./ui/views/gallery.ts";
import { MtorHelp } from "./ui/views/help.ts";
import { MtorHistory } from "./ui/views/history.ts";
import { MtorRealm } from "./ui/views/realm.ts";
import { MtorWhy } from "./ui/views/why.ts";

/** Nothing is drawn before it has its looks; without them it is drawn all the same. */
await new Promise((resolve) => {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = document.querySelector<HTMLMetaElement>('meta[name="mtor-views"]')?.content ?? "";
  sheet.onload = sheet.onerror = resolve;
  document.head.append(sheet);
});

customElements.define("mtor-admin", MtorAdmin);
customElements.define("mtor-camera", MtorCamera);
customElements.define("mtor-elsewhere", MtorElsewhere);
customElements.define("mtor-gallery", MtorGallery);
customElements.define("mtor-help", MtorHelp);
customElements.define("mtor-history", MtorHistory);
customElements.define("mtor-realm", MtorRealm);
customElements.define("mtor-why", MtorWhy);

export { photograph } from "./ui/views/camera.ts";
export { screenshot } from "./ui/views/screen.ts";
