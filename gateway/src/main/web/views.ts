// SPDX-License-Identifier: GPL-3.0-only
// The views beside the conversation: a bundle of its own, which is loaded when the first of them is looked at.
import { MtorAdmin } from "./ui/views/admin.ts";
import { MtorCamera } from "./ui/views/camera.ts";
import { MtorGallery } from "./ui/views/gallery.ts";
import { MtorHelp } from "./ui/views/help.ts";
import { MtorHistory } from "./ui/views/history.ts";
import { MtorRealm } from "./ui/views/realm.ts";
import { MtorWhy } from "./ui/views/why.ts";

customElements.define("mtor-admin", MtorAdmin);
customElements.define("mtor-camera", MtorCamera);
customElements.define("mtor-gallery", MtorGallery);
customElements.define("mtor-help", MtorHelp);
customElements.define("mtor-history", MtorHistory);
customElements.define("mtor-realm", MtorRealm);
customElements.define("mtor-why", MtorWhy);

export { photograph } from "./ui/views/camera.ts";
export { screenshot } from "./ui/views/screen.ts";
