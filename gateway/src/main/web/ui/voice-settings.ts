// SPDX-License-Identifier: GPL-3.0-only
import { html, type TemplateResult } from "lit";
import { currentLanguage, t } from "../core/i18n.ts";
import type { BargeIn } from "../core/speech/speech.ts";
import { BARGE_INS, MAX_PAUSE_MILLIS, MAX_WAKE_WORD_CHARS, MIN_PAUSE_MILLIS, MIN_VOLUME, type VoiceSettings } from "../core/speech/settings.ts";

const BARGE_IN_WORDS = { talk: "voice.talk", word: "voice.word.only", finish: "voice.finish" } as const;

/** How this browser listens and speaks. */
export function voiceSettings(voice: VoiceSettings, change: (changed: Partial<VoiceSettings>) => void): TemplateResult {
  const value = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
  const checked = (event: Event): boolean => (event.target as HTMLInputElement).checked;
  const seconds = new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: 1 }).format(voice.pauseMillis / 1000);
  return html`<fieldset class="voice">
    <legend>${t("voice.title")}</legend>
    <label>
      <span>${t("voice.word")}</span>
      <input
        type="text"
        autocomplete="off"
        maxlength=${MAX_WAKE_WORD_CHARS}
        .value=${voice.wakeWord}
        @change=${(event: Event) => change({ wakeWord: value(event) })}
      />
    </label>
    <label>
      <span>${t("voice.bargeIn")}</span>
      <select @change=${(event: Event) => change({ bargeIn: value(event) as BargeIn })}>
        ${BARGE_INS.map((each) => html`<option value=${each} ?selected=${each === voice.bargeIn}>${t(BARGE_IN_WORDS[each])}</option>`)}
      </select>
    </label>
    <label>
      <span>${t("voice.pause")} <span class="number">${t("voice.seconds", { seconds })}</span></span>
      <input
        type="range"
        min=${MIN_PAUSE_MILLIS}
        max=${MAX_PAUSE_MILLIS}
        step="100"
        .value=${String(voice.pauseMillis)}
        @change=${(event: Event) => change({ pauseMillis: Number(value(event)) })}
      />
    </label>
    <label>
      <span>${t("voice.volume")}</span>
      <input
        type="range"
        min=${MIN_VOLUME}
        max="1"
        step="0.05"
        .value=${String(voice.volume)}
        @change=${(event: Event) => change({ volume: Number(value(event)) })}
      />
    </label>
    <label class="check">
      <input type="checkbox" .checked=${voice.aloud} @change=${(event: Event) => change({ aloud: checked(event) })} />
      <span>${t("voice.aloud")}</span>
    </label>
    <label class="check">
      <input type="checkbox" .checked=${voice.vendor} @change=${(event: Event) => change({ vendor: checked(event) })} />
      <span>${t("voice.vendor")}</span>
    </label>
    <label class="check">
      <input type="checkbox" .checked=${voice.sounds} @change=${(event: Event) => change({ sounds: checked(event) })} />
      <span>${t("voice.sounds")}</span>
    </label>
  </fieldset>`;
}
