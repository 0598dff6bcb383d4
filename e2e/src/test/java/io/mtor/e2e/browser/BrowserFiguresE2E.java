// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How fast the page is, printed and not judged: {@code -Dmtor.browser.figures=20} says how often each is taken. */
@EnabledIfSystemProperty(named = "mtor.browser.figures", matches = "\\d+")
class BrowserFiguresE2E {

    private static final int TIMES = Integer.getInteger("mtor.browser.figures", 20);

    private static final String ASLEEP = "Asleep. Say “Computer”, or tap.";

    private static final String STORY = """
            [[agent.command]]
            name = "story"
            query_type = "chat"
            argv = ["sh", "-c", "echo 'Once upon a time there was a mountain made of light. It was very high, and nobody had climbed it. Then somebody came who wanted to see the sea of clouds from above.'; sleep 4"]
            """;

    /** Notes when the page did what; all by the page's own clock. */
    private static final String NOTES = """
            window.notes = [];
            const note = (what, after = 0) => window.notes.push([what, performance.now() + after]);
            const stop = AudioBufferSourceNode.prototype.stop;
            AudioBufferSourceNode.prototype.stop = function (when = 0) {
              note("silent", 1000 * Math.max(0, when - this.context.currentTime));
              stop.call(this, when);
            };
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) {
              if (typeof data === "string" && data.includes('"cancel"')) {
                note("cancel");
              }
              send.call(this, data);
            };
            const NativeSocket = WebSocket;
            window.WebSocket = class extends NativeSocket {
              constructor(...how) {
                super(...how);
                this.addEventListener("message", (event) => {
                  if (typeof event.data === "string" && event.data.includes('"result"')) {
                    note("result");
                  }
                });
              }
            };
            addEventListener("DOMContentLoaded", () => {
              new MutationObserver(() => {
                const state = document.querySelector("#talk-state")?.textContent ?? "";
                if (state !== window.lastState) {
                  window.lastState = state;
                  note(state);
                }
                if (document.querySelector("mtor-status .link")?.textContent.includes("Connected")) {
                  note("connected");
                }
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            });
            """;

    @RegisterExtension
    private static final Chromium chromium = Chromium.withMicrophone();

    @TempDir
    private Path folder;

    private final List<List<?>> notes = new ArrayList<>();

    @Test
    void load() {
        try (var realm = TestRealm.start("");
                var shell = chromium.open(realm.uri(), NOTES).connected()) {
            for (int i = 0; i < TIMES; i++) {
                shell.page().reload();
                shell.connected();
                notes.add((List<?>) shell.page().evaluate("[['asked', 0], ...window.notes]"));
            }
        }
        print("asked for -> all of it works and is connected", "asked", "connected");
    }

    @Test
    void barge() {
        try (var realm = realm("Computer, tell me a story", "stop");
                var shell = chromium.open(realm.uri(), Ear.SCRIPT + NOTES).connected()) {
            var state = asleep(shell);
            for (int i = 0; i < TIMES; i++) {
                assertThat(state).hasText(ASLEEP);
                Ear.hear(shell, new Speech().words("Computer, tell me a story").silence(Duration.ofMillis(300)));
                assertThat(state).hasText("Speaking. Tap to stop.");
                shell.page().waitForFunction("() => window.sounding > 0");
                shell.page().evaluate("() => { window.notes = []; }");

                Ear.hear(shell, new Speech().words("Wait, please be quiet now").silence(Duration.ofMillis(300)));

                assertThat(state).hasText(ASLEEP);
                shell.page().waitForFunction("() => window.sounding === 0");
                notes.add(notesSinceTheVoice(shell));
            }
        }
        print("somebody speaks over it: first sound of the voice -> silent", "voice", "silent");
        print("silent -> cancel on its way", "silent", "cancel");
        print("cancel on its way -> listening on the screen", "cancel", "Listening");
    }

    @Test
    void wake() {
        try (var realm = realm("Computer");
                var shell = chromium.open(realm.uri(), Ear.SCRIPT + NOTES).connected()) {
            var state = asleep(shell);
            for (int i = 0; i < TIMES; i++) {
                assertThat(state).hasText(ASLEEP);
                shell.page().evaluate("() => { window.notes = []; }");

                Ear.hear(shell, new Speech().words("Computer").silence(Duration.ofMillis(300)));

                assertThat(state).hasText("Listening");
                notes.add(notesSinceTheVoice(shell));
                shell.page().keyboard().press("Escape");
            }
        }
        print("the wake word has been understood -> listening on the screen", "result", "Listening");
        print("first sound of the wake word -> listening on the screen", "voice", "Listening");
    }

    private TestRealm realm(String... heard) {
        var ears = new Ears(
                folder,
                IntStream.range(0, TIMES).boxed().flatMap(i -> Stream.of(heard)).toArray(String[]::new));
        return TestRealm.start(ears.toml() + STORY, "--agent.worker.programs", "true");
    }

    private static Locator asleep(Shell shell) {
        var state = shell.page().locator("#talk-state");
        shell.page().locator(".talk-button").click();
        assertThat(state).hasText("Listening");
        shell.page().keyboard().press("Escape");
        return state;
    }

    private static List<?> notesSinceTheVoice(Shell shell) {
        return (List<?>) shell.page().evaluate("[['voice', window.voiceAt], ...window.notes]");
    }

    private void print(String what, String from, String to) {
        List<Double> millis = new ArrayList<>();
        for (List<?> each : notes) {
            double start = time(each, from, 0);
            double end = time(each, to, start);
            if (!Double.isNaN(end)) {
                millis.add(end - start);
            }
        }
        millis.sort(Comparator.naturalOrder());
        assertThat(millis).isNotEmpty();
        System.out.printf(
                Locale.ROOT,
                "%s: median %.1f ms, longest %.1f ms of %d%n",
                what,
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1),
                millis.size());
    }

    private static double time(List<?> notes, String what, double from) {
        return notes.stream()
                .map(each -> (List<?>) each)
                .filter(each -> what.equals(each.get(0)) && ((Number) each.get(1)).doubleValue() >= from)
                .mapToDouble(each -> ((Number) each.get(1)).doubleValue())
                .findFirst()
                .orElse(Double.NaN);
    }
}
