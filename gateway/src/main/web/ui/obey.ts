// SPDX-License-Identifier: GPL-3.0-only
import { t } from "../core/i18n.ts";
import { nextVolume, type Command } from "../core/speech/commands.ts";
import type { Light } from "./light.ts";

/** Does what was said to the page; gives the guid of the intent, if one came of it. */
export function obey(command: Command, page: Light, volume: number, again: () => string | undefined): string | undefined {
  switch (command.kind) {
    case "show":
      location.hash = command.view;
      return undefined;
    case "volume":
      page.emit("mtor-voice", { volume: nextVolume(volume, command.by) });
      page.emit("mtor-toast", { words: t(command.by > 0 ? "say.louder" : "say.quieter") });
      return undefined;
    case "again":
      return again();
    case "save": {
      const newest = [...page.querySelectorAll<HTMLAnchorElement>("mtor-answer figcaption a[download]")].at(-1);
      newest?.click();
      page.emit("mtor-toast", { words: t(newest === undefined ? "say.noPicture" : "say.picture") });
      return undefined;
    }
  }
}
