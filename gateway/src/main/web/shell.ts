// SPDX-License-Identifier: GPL-3.0-only
// The page's elements.
import { MtorAnswer } from "./ui/answer.ts";
import { MtorApp } from "./ui/app.ts";
import { MtorComposer } from "./ui/composer.ts";
import { MtorLog } from "./ui/log.ts";
import { MtorNav } from "./ui/nav.ts";
import { MtorStages } from "./ui/stages.ts";
import { MtorStatus } from "./ui/status.ts";
import { MtorTalk } from "./ui/talk.ts";
import { MtorToast } from "./ui/toast.ts";
import { MtorUpdate } from "./ui/update.ts";
import { MtorWorkers } from "./ui/workers.ts";

customElements.define("mtor-toast", MtorToast);
customElements.define("mtor-stages", MtorStages);
customElements.define("mtor-answer", MtorAnswer);
customElements.define("mtor-log", MtorLog);
customElements.define("mtor-workers", MtorWorkers);
customElements.define("mtor-status", MtorStatus);
customElements.define("mtor-update", MtorUpdate);
customElements.define("mtor-nav", MtorNav);
customElements.define("mtor-talk", MtorTalk);
customElements.define("mtor-composer", MtorComposer);
customElements.define("mtor-app", MtorApp);

// Nobody waits for the icon, and only an installed page needs its manifest: both stay out of the first load.
addEventListener("load", () => {
  setTimeout(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute("href", "/favicon.svg");
    const manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = "/manifest.webmanifest";
    document.head.append(manifest);
  }, 2_000);
});
