// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import java.util.Base64;

/** The ear of a page, into which a test speaks. */
final class Ear {

    /** A microphone of the page's own, into which the test speaks; what the page plays is counted. */
    static final String SCRIPT = """
            const context = new AudioContext();
            const ear = context.createMediaStreamDestination();
            new ConstantSourceNode(context, { offset: 0 }).connect(ear);
            navigator.mediaDevices.getUserMedia = async () => { await context.resume(); window.track = ear.stream.getAudioTracks()[0].clone(); return new MediaStream([window.track]); };
            window.hear = async (base64) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const buffer = await context.decodeAudioData(bytes.buffer);
              const source = new AudioBufferSourceNode(context, { buffer });
              source.connect(ear);
              source.start();
              // When the first sound of the voice is heard, after the quiet with which a recording begins.
              const first = buffer.getChannelData(0).findIndex((sample) => Math.abs(sample) > 0.02);
              window.voiceAt = performance.now() + (1000 * first) / buffer.sampleRate;
            };
            window.sounding = 0;
            const start = AudioBufferSourceNode.prototype.start;
            AudioBufferSourceNode.prototype.start = function (...when) {
              if (this.context !== context) {
                window.sounding++;
                this.addEventListener("ended", () => window.sounding--);
              }
              start.apply(this, when);
            };
            """;

    private Ear() {}

    static void hear(Shell shell, Speech speech) {
        shell.page().evaluate("(wav) => window.hear(wav)", Base64.getEncoder().encodeToString(speech.wav()));
    }

    /** Until it has been heard to its end. */
    static void hearOut(Shell shell, Speech speech) {
        hear(shell, speech);
        String level = "() => getComputedStyle(document.querySelector('.talk-button')).getPropertyValue('--level')";
        shell.page().waitForFunction(level + " > 0.3");
        shell.page().waitForFunction(level + " < 0.1");
    }
}
