// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Talking with the page, in a browser whose microphone hears what the test lets it hear. */
class BrowserVoiceE2E {

    private static final String STORY = """
            [[agent.command]]
            name = "story"
            query_type = "chat"
            argv = ["echo", "%s"]
            """.formatted(
                    "Once upon a time there was a mountain made of light. It was very high, and nobody had climbed it. "
                            + "Then somebody came who wanted to see the sea of clouds from above. And so they climbed for many days.");

    @RegisterExtension
    private static final Chromium chromium = Chromium.withMicrophone();

    @TempDir
    private Path folder;

    private static Locator state(Shell shell) {
        return shell.page().locator("#talk-state");
    }

    private static Locator orb(Shell shell) {
        return shell.page().locator(".talk-button");
    }

    private static Speech words(String words) {
        return new Speech().words(words).silence(Duration.ofMillis(300));
    }

    private Shell open(TestRealm realm) {
        return chromium.open(realm.uri(), Ear.SCRIPT).connected();
    }

    @Test
    void whatIsSaidIsHeardAnsweredAndReadAloudAndTheMicrophoneIsReadyAgain() {
        var ears = new Ears(folder, "Computer, tell me a story.", "And then?");
        try (var realm = TestRealm.start(ears.toml() + STORY, "--agent.worker.programs", "true");
                var shell = open(realm)) {
            assertThat(state(shell)).hasText("Tap to talk, or hold Space.");
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");

            Ear.hear(shell, words("Computer, tell me a story"));

            assertThat(shell.answer(0).at().locator(".question p")).hasText("tell me a story.");
            assertThat(state(shell)).hasText("Speaking. Tap to stop.");
            shell.page()
                    .waitForFunction(
                            "() => [...(CSS.highlights.get('spoken') ?? [])].join() === 'Once upon a time there was a mountain made of light.'");
            shell.answer(0).done();
            assertThat(state(shell)).hasText("Go on, or stay quiet.");
            shell.page().waitForFunction("() => !CSS.highlights.has('spoken')");
            assertThat(shell.answer(0).at().locator(".interrupted")).hasCount(0);

            // Without the wake word, because it is the same talk.
            Ear.hear(shell, words("And then?"));
            assertThat(shell.answer(1).at().locator(".question p")).hasText("And then?");
            assertThat(state(shell)).hasText("Speaking. Tap to stop.");
            shell.page().keyboard().press("Escape");
            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
            assertThat(shell.trouble()).isEmpty();
            assertThat(shell.harm()).isEmpty();
        }
    }

    @Test
    void theWakeWordIsEnoughAndWhatIsSaidWithoutItIsThrownAway() {
        var ears = new Ears(folder, "we should buy bread", "Computer, imagine a neon mountain");
        try (var realm = TestRealm.withDemo(
                        "--config", TestRealm.write(ears.toml()).toString());
                var shell = open(realm)) {
            asleep(shell);

            Ear.hear(shell, words("we should buy bread"));
            clips(shell, ears, 1);
            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
            assertThat(shell.page().locator("mtor-answer")).hasCount(0);

            Ear.hear(shell, words("Computer, imagine a neon mountain"));
            assertThat(shell.answer(0).at().locator(".question p")).hasText("imagine a neon mountain");
            assertThat(shell.answer(0).done().at().locator(".media img")).isVisible();
        }
    }

    @Test
    void whatIsSaidToThePageIsDoneByThePage() {
        var ears = new Ears(folder, "Computer, show the realm.", "Quieter!", "Back to the conversation");
        try (var realm = TestRealm.start(ears.toml() + STORY);
                var shell = open(realm)) {
            asleep(shell);

            Ear.hear(shell, words("Computer, show the realm"));
            assertThat(shell.page().locator("mtor-realm h2")).isVisible();
            assertThat(state(shell)).hasText("Go on, or stay quiet.");
            Ear.hear(shell, words("Quieter"));
            assertThat(shell.page().locator(".toast")).hasText("Quieter");
            Ear.hear(shell, words("Back to the conversation"));
            assertThat(shell.page().locator("mtor-log")).isVisible();

            assertThat(shell.page().locator("mtor-answer")).hasCount(0);
            assertThat(shell.page().evaluate("JSON.parse(localStorage.getItem('mtor.voice')).volume"))
                    .isEqualTo(0.75);
        }
    }

    @Test
    void silenceIsNeverSent() {
        var ears = new Ears(folder, "nobody said this");
        try (var realm = TestRealm.start(ears.toml() + STORY);
                var shell = open(realm)) {
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");

            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");

            assertThat(ears.clips()).isEmpty();
            assertThat(shell.page().locator("mtor-answer")).hasCount(0);
        }
    }

    @Test
    void whoTalksOverAnAnswerEndsItAndIsHeard() {
        var ears = new Ears(folder, "Computer, tell me a story", "What is the time?");
        try (var realm = TestRealm.start(ears.toml() + STORY, "--agent.worker.programs", "true");
                var shell = open(realm)) {
            asleep(shell);
            Ear.hear(shell, words("Computer, tell me a story"));
            assertThat(state(shell)).hasText("Speaking. Tap to stop.");
            shell.page().waitForFunction("() => window.sounding > 0");

            Ear.hear(shell, words("Wait, what is the time, please?"));

            assertThat(state(shell)).hasText("Listening");
            shell.page().waitForFunction("() => window.sounding === 0");
            assertThat(shell.answer(1).at().locator(".question p")).hasText("What is the time?");
            assertThat(shell.answer(0).at().locator(".interrupted"))
                    .hasText(Pattern.compile("Interrupted after “… .*”"));
            // The rest was not heard, and stays on the screen.
            assertThat(shell.answer(0).words()).containsText("And so they climbed for many days.");
        }
    }

    @Test
    void stopIsHeardEvenWhereTalkingOverAnAnswerDoesNotEndIt() {
        var ears = new Ears(folder, "Computer, tell me a story", "Stop.");
        try (var realm = TestRealm.start(ears.toml() + STORY, "--agent.worker.programs", "true");
                var shell = open(realm)) {
            shell.page().locator(".settings summary").click();
            shell.page().locator(".settings select").nth(2).selectOption("finish");
            shell.page().keyboard().press("Escape");
            asleep(shell);
            Ear.hear(shell, words("Computer, tell me a story"));
            assertThat(state(shell)).hasText("Speaking. Tap to stop.");
            shell.page().waitForFunction("() => window.sounding > 0");

            Ear.hear(shell, words("Stop!"));

            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
            shell.page().waitForFunction("() => window.sounding === 0");
        }
    }

    @Test
    void aClosedMicrophoneIsClosedAndOneThatIsTakenAwaySaysSo() {
        var ears = new Ears(folder, "unused");
        try (var realm = TestRealm.start(ears.toml());
                var shell = open(realm)) {
            asleep(shell);
            shell.page().locator("mtor-log").focus();
            shell.page().keyboard().press("m");
            assertThat(state(shell)).hasText("The microphone is closed. Tap to talk.");
            shell.page().waitForFunction("() => window.track.readyState === 'ended'");

            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");
            shell.page().evaluate("window.track.dispatchEvent(new Event('ended'))");
            assertThat(state(shell)).hasText("The microphone was taken away. Tap to open it again.");
        }
    }

    @Test
    void theKeyboardTalksToo() {
        var ears = new Ears(folder, "tell me a story");
        try (var realm = TestRealm.start(ears.toml() + STORY);
                var shell = open(realm)) {
            shell.page().locator("mtor-log").focus();
            shell.page().keyboard().down("Space");
            assertThat(state(shell)).hasText("Listening for as long as you hold");
            Ear.hearOut(shell, words("tell me a story"));
            shell.page().keyboard().up("Space");
            shell.answer(0).done();
            assertThat(ears.clips()).hasSize(1);
        }
    }

    @Test
    void aDeniedMicrophoneIsExplained() {
        var ears = new Ears(folder, "unused");
        try (var realm = TestRealm.start(ears.toml());
                var shell = chromium.open(realm.uri(), """
                        navigator.mediaDevices.getUserMedia = async () => {
                          throw new DOMException("no", window.refusal ?? "NotAllowedError");
                        };
                        """).connected()) {
            orb(shell).click();
            assertThat(state(shell)).containsText("The browser was told not to lend the microphone.");
            shell.page().evaluate("window.refusal = 'NotFoundError'");
            orb(shell).click();
            assertThat(state(shell)).hasText("No microphone was found.");
        }
    }

    @Test
    void whatCouldNotBeTurnedIntoTextIsSaidWithTheReason() {
        String broken = """
                [[agent.command]]
                name = "ears"
                query_type = "transcribe"
                input = "media"
                argv = ["sh", "-c", "cat > /dev/null; echo no model >&2; exit 1"]
                """;
        try (var realm = TestRealm.start(broken + STORY);
                var shell = open(realm)) {
            orb(shell).click();
            assertThat(state(shell)).hasText("Listening");

            Ear.hear(shell, words("tell me a story"));

            assertThat(shell.page().locator(".toast"))
                    .hasText("What you said could not be turned into text. "
                            + "The model server on the worker reported an error.");
            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
        }
    }

    @Test
    void aPhoneThatIsPutAwayDoesNotListen() {
        var ears = new Ears(folder, "unused");
        String phone = """
                const media = window.matchMedia.bind(window);
                window.matchMedia = (query) => (query === "(pointer: coarse)" ? { matches: true } : media(query));
                """;
        try (var realm = TestRealm.start(ears.toml());
                var shell = chromium.open(realm.uri(), Ear.SCRIPT + phone).connected()) {
            asleep(shell);
            shell.page().evaluate("""
                    () => {
                      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
                      document.dispatchEvent(new Event("visibilitychange"));
                      delete document.hidden;
                    }
                    """);

            assertThat(state(shell))
                    .hasText("The microphone was closed while the page was hidden. Tap to open it again.");
            shell.page().waitForFunction("() => window.track.readyState === 'ended'");
        }
    }

    @Test
    void aRealmWhereNobodyHearsSaysSo() {
        try (var realm = TestRealm.start(STORY);
                var shell = open(realm)) {
            assertThat(state(shell)).hasText("No worker here turns speech into text yet.");
            assertThat(orb(shell)).isDisabled();
        }
    }

    @Test
    void everyStateSuitsEverybody() {
        String slow = """
                [[agent.command]]
                name = "ears"
                query_type = "transcribe"
                input = "media"
                argv = ["sleep", "60"]
                """;
        try (var realm = TestRealm.start(slow + STORY);
                var shell = open(realm)) {
            suitsEverybody(shell, "off");
            asleep(shell);
            suitsEverybody(shell, "asleep");
            shell.page().locator("mtor-log").focus();
            shell.page().keyboard().down("Space");
            suitsEverybody(shell, "listening");
            // All those looks may have taken longer than anybody listens.
            shell.page().keyboard().up("Space");
            assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
            shell.page().keyboard().down("Space");
            assertThat(state(shell)).hasText("Listening for as long as you hold");
            Ear.hearOut(shell, words("tell me a story"));
            shell.page().keyboard().up("Space");
            assertThat(state(shell)).hasText("Heard you, one moment");
            suitsEverybody(shell, "thinking");
        }
    }

    /** The real fake: Chromium plays a file into the page's ear. */
    @Test
    void theBrowsersOwnMicrophoneIsHeard() throws IOException {
        Path file = Files.write(
                folder.resolve("microphone.wav"),
                new Speech()
                        .silence(Duration.ofSeconds(2))
                        .words("Computer, imagine a neon mountain")
                        .silence(Duration.ofSeconds(20))
                        .wav());
        var ears = new Ears(folder, "Computer, imagine a neon mountain.");
        try (var realm = TestRealm.withDemo(
                        "--config", TestRealm.write(ears.toml()).toString());
                var browser = Chromium.withMicrophone("--use-file-for-fake-audio-capture=" + file + "%noloop")
                        .launch();
                var shell = browser.open(realm.uri()).connected()) {
            orb(shell).click();

            assertThat(shell.answer(0).at().locator(".question p")).hasText("imagine a neon mountain.");
            assertThat(shell.answer(0).done().at().locator(".media img")).isVisible();
            assertThat(shell.trouble()).isEmpty();
        }
    }

    /** The microphone is open, and nobody talks. */
    private static void asleep(Shell shell) {
        orb(shell).click();
        assertThat(state(shell)).hasText("Listening");
        shell.page().keyboard().press("Escape");
        assertThat(state(shell)).hasText("Asleep. Say “Computer”, or tap.");
    }

    private static void clips(Shell shell, Ears ears, int count) {
        shell.page().waitForCondition(() -> ears.clips().size() >= count);
    }
}
