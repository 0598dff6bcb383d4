// SPDX-License-Identifier: GPL-3.0-only
import { LitElement } from "lit";

/** An element without a shadow: one style sheet, labels and ids that reach across elements. */
export class Light extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  emit<Name extends keyof ShellEvents>(name: Name, detail: ShellEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** What the elements tell the app. */
export interface ShellEvents {
  /** In the place of the turn `replaces`, if there is one. */
  "mtor-send": { text: string; attachments: import("../core/media.ts").Media[]; queryType: string; replaces?: string };
  "mtor-stop": { guid: string };
  "mtor-again": { guid: string; replace: boolean; queryType?: string; parameters?: Record<string, unknown> };
  "mtor-edit": { guid: string };
  /** What changes the history without asking the realm. */
  "mtor-change": Extract<import("../core/state.ts").Event, { kind: "erase" | "erase-media" | "import" }>;
  "mtor-example": { text: string };
  "mtor-kind": { queryType: string };
  "mtor-toast": { words: string };
  "mtor-setting": { name: "theme" | "language" | "keys"; value: string };
  "mtor-voice": Partial<import("../core/speech/settings.ts").VoiceSettings>;
  "mtor-talk": { kind: "tap" | "hold" | "release" | "mute" };
  "mtor-operate": import("../core/operate.ts").OperateEvent;
  "mtor-forget": null;
  "mtor-workers": null;
  /** Something of the bundle of the views is needed. */
  "mtor-views": null;
}
