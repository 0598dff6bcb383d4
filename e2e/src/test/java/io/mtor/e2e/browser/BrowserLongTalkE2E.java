// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import io.mtor.e2e.testing.TestRealm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One talk with one click at its beginning: {@code -Dmtor.voice.turns} says how long it is. */
class BrowserLongTalkE2E {

    private static final int TURNS = Integer.getInteger("mtor.voice.turns", 6);
    /** What a turn may leave behind: its words, and their place on the screen. */
    private static final int KIB_PER_TURN = 64;
    /** What browsers make ready once, after the first turns. */
    private static final int KIB_ONCE = 2_048;

    private static final String ANSWER = """
            [[agent.command]]
            name = "yes"
            query_type = "chat"
            argv = ["echo", "Yes, of course."]
            """;

    @RegisterExtension
    private static final Chromium chromium = Chromium.withMicrophone();

    @TempDir
    private Path folder;

    @Test
    void turnFollowsTurnAndTheHeapStaysFlat() {
        var ears =
                new Ears(folder, Stream.generate(() -> "Is it so?").limit(TURNS).toArray(String[]::new));
        var question = new Speech().words("Is it so?").silence(Duration.ofMillis(300));
        try (var realm = TestRealm.start(ears.toml() + ANSWER, "--agent.worker.programs", "true");
                var shell = chromium.open(realm.uri(), Ear.SCRIPT).connected()) {
            var state = shell.page().locator("#talk-state");
            shell.page().locator(".talk-button").click();
            assertThat(state).hasText("Listening");
            long before = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                Ear.hear(shell, question);
                shell.answer(turn).done();
                assertThat(state).hasText("Go on, or stay quiet.");
                if (turn == 1) {
                    before = liveHeapKib(shell);
                }
            }

            long grown = liveHeapKib(shell) - before;
            System.out.printf("%d voice turns: the live heap grew by %d KiB%n", TURNS, grown);
            assertThat(grown).isLessThan(KIB_ONCE + (long) KIB_PER_TURN * TURNS);
            assertThat(ears.clips()).hasSize(TURNS);
            assertThat(shell.trouble()).isEmpty();
        }
    }

    private static long liveHeapKib(Shell shell) {
        CDPSession devtools = shell.context().newCDPSession(shell.page());
        devtools.send("HeapProfiler.collectGarbage");
        JsonObject usage = devtools.send("Runtime.getHeapUsage");
        devtools.detach();
        return usage.get("usedSize").getAsLong() / 1_024;
    }
}
