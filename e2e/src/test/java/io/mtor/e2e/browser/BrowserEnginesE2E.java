// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where no worker transcribes, the browser's own recognition may. That of a browser without a network does not work, so a
 * test brings one that says what it is told, and notes what it was asked for.
 */
class BrowserEnginesE2E {

    private static final String RECOGNITION = """
            window.recognised = [];
            window.SpeechRecognition = class extends EventTarget {
              static available = async ({ processLocally }) => (processLocally && window.local ? "available" : "unavailable");
              start() {
                window.recognised.push(this.processLocally === true ? "device" : "vendor");
                this.running = true;
                setTimeout(() => {
                  if (window.refusal) {
                    this.#tell("error", { error: window.refusal });
                    return this.stop();
                  }
                  this.#tell("start");
                  this.#tell("result", { results: [Object.assign([{ transcript: window.saying }], { isFinal: false })] });
                });
              }
              stop() {
                setTimeout(() => this.running && ((this.running = false), this.#tell("end")));
              }
              abort() {
                this.running = false;
              }
              #tell(type, more) {
                this.dispatchEvent(Object.assign(new Event(type), more));
              }
            };
            """;

    private static final String STORY = """
            [[agent.command]]
            name = "story"
            query_type = "chat"
            argv = ["echo", "Once upon a time."]
            """;

    @RegisterExtension
    private static final Chromium chromium = Chromium.withMicrophone();

    @TempDir
    private Path folder;

    private static final Speech STORY_PLEASE =
            new Speech().words("Computer, tell me a story").silence(Duration.ofMillis(300));

    private static Shell open(TestRealm realm, String more) {
        return chromium.open(realm.uri(), Ear.SCRIPT + RECOGNITION + "window.saying = 'tell me a story';" + more)
                .connected();
    }

    private static Locator state(Shell shell) {
        return shell.page().locator("#talk-state");
    }

    private static Locator orb(Shell shell) {
        return shell.page().locator(".talk-button");
    }

    private static void agree(Shell shell) {
        shell.page().locator(".settings summary").click();
        shell.page()
                .locator(".settings label.check")
                .filter(new Locator.FilterOptions().setHasText("vendor of this browser"))
                .locator("input")
                .check();
        shell.page().keyboard().press("Escape");
    }

    @Test
    void theVendorHearsNobodyWhoHasNotAgreed() {
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm, "")) {
            assertThat(state(shell)).hasText("No worker here turns speech into text yet.");
            assertThat(orb(shell)).isDisabled();

            agree(shell);
            orb(shell).click();

            assertThat(state(shell)).hasText("Listening");
            assertThat(shell.page().locator(".talk small"))
                    .hasText("Voice becomes text at the vendor of this browser, only while you talk to the page.");
            assertThat(shell.page().locator(".heard")).hasText("tell me a story");
            suitsEverybody(shell, "the words as they are understood");
        }
    }

    @Test
    void whoHasAgreedIsUnderstoodAndNotHeardAsleep() {
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm, "")) {
            agree(shell);
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            Ear.hear(shell, STORY_PLEASE);
            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story");
            assertThat(shell.page().locator(".heard")).hasCount(0);
            shell.answer(0).done();

            shell.page().keyboard().press("Escape");
            assertThat(state(shell)).hasText("Asleep. Tap to talk, or hold Space.");
            int before = recognised(shell);
            Ear.hearOut(shell, STORY_PLEASE);
            assertThat(recognised(shell)).isEqualTo(before);
        }
    }

    @Test
    void whatThisDeviceUnderstandsGoesNowhereAndWakesToo() {
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm, "window.local = true; window.saying = 'Computer, tell me a story';")) {
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            shell.page().keyboard().press("Escape");
            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
            assertThat(shell.page().locator(".talk small"))
                    .hasText("Voice becomes text on this device, and goes nowhere.");

            Ear.hear(shell, STORY_PLEASE);

            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story");
            assertThat(shell.page().evaluate("[...new Set(window.recognised)].join()"))
                    .isEqualTo("device");
        }
    }

    @Test
    void oneThatFailsIsLeftAloneAndTheNextOneIsUsed() {
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm, "window.local = true; window.refusal = 'network';")) {
            agree(shell);
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            Ear.hear(shell, STORY_PLEASE);
            assertThat(shell.page().locator(".toast")).containsText("could not be turned into text");
            assertThat(shell.page().locator(".talk small")).containsText("at the vendor of this browser");

            shell.page().evaluate("() => { window.refusal = undefined; }");
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            Ear.hear(shell, STORY_PLEASE);
            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story");
        }
    }

    @Test
    void aWorkerOfTheRealmComesFirst() {
        var ears = new Ears(folder, "Computer, tell me a story.");
        try (var realm = TestRealm.start(ears.toml() + STORY);
                var shell = open(realm, "window.local = true;")) {
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            assertThat(shell.page().locator(".talk small")).containsText("Voice becomes text in this realm");
            Ear.hear(shell, STORY_PLEASE);

            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story.");
            assertThat(recognised(shell)).isZero();
        }
    }

    /** It would be left alone for a day, for nothing. */
    @Test
    void oneThatWasNotAskedIsNotTakenForOneThatFails() throws Exception {
        var ears = new Ears(folder, "unused");
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm, "window.local = true;")) {
            try (var joined = realm.join(ears.toml(), "atlas")) {
                assertThat(joined).isNotNull();
                assertThat(shell.workers().filter(new Locator.FilterOptions().setHasText("atlas")))
                        .hasCount(1);
                // Held, so that no pause ends what is said while the worker leaves.
                shell.page().locator("mtor-log").focus();
                shell.page().keyboard().down("Space");
                assertThat(shell.page().locator(".talk small")).containsText("in this realm");
                Ear.hearOut(shell, STORY_PLEASE);
            }
            assertThat(shell.page().locator(".talk small")).containsText("on this device");
            shell.page().keyboard().up("Space");
            // The realm waits for somebody like the worker that has gone.
            assertThat(state(shell)).hasText("Heard you, one moment");
            shell.page().keyboard().press("Escape");

            orb(shell).click();
            assertThat(shell.page().locator(".talk small")).containsText("on this device");
            assertThat(state(shell)).hasText("Listening");
            Ear.hear(shell, STORY_PLEASE);
            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story");
        }
    }

    private static int recognised(Shell shell) {
        return ((Number) shell.page().evaluate("window.recognised.length")).intValue();
    }
}
