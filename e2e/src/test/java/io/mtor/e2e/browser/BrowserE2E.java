// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Sizes;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.browser.Shell.Answer;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does with the page, from the first visit on. */
class BrowserE2E {

    private static final int MAX_FIRST_LOAD_BYTES = 60_000;
    private static final int MAX_FIRST_LOAD_REQUESTS = 4;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void aFirstVisitSaysWhatToDo() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(shell.page().locator(".first h2")).hasText("Ask the realm");
            assertThat(shell.page().locator(".first .example")).hasCount(3);
            assertThat(shell.mainButton()).isDisabled();

            shell.page().locator(".first .example").first().click();

            assertThat(shell.answer(0).done().text()).contains("Your realm is alive.");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void typedWordsAreAnsweredWithTheWorkerAndTheTimes() {
        try (var realm = TestRealm.start(simulated("chat", "1s", 1, 20), "--agent.worker.name", "atlas");
                var shell = chromium.open(realm.uri()).connected()) {
            var answer = shell.ask("How are you?");
            assertThat(answer.state()).hasText("With atlas");
            assertThat(answer.words()).containsText("the realm is bre");
            assertThat(answer.at().locator("article")).hasAttribute("aria-busy", "true");

            answer.done();

            assertThat(answer.text()).isEqualTo("the realm is bre".repeat(20));
            assertThat(answer.at().locator(".by")).hasText("by atlas");
            assertThat(answer.at().locator("mtor-stages li")).containsText(new String[] {
                "routed in", "waited", "began after", "answered for", "delivered in", "in all"
            });
            assertThat(answer.at().locator("article")).hasAttribute("aria-busy", "false");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void imaginingShowsProgressAndThenTheRealPicture() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            var answer = shell.ask("imagine a neon mountain");

            assertThat(answer.at().locator(".understood")).containsText("Understood as Imagine");
            assertThat(answer.at().locator(".progress, .media")).isVisible();
            assertThat(answer.done().at().locator(".media img")).hasAttribute("alt", Pattern.compile("neon mountain"));
            assertThat(saved(shell, answer)).startsWith(0x89, 'P', 'N', 'G', 13, 10, 26, 10);
            assertThat(answer.at().locator(".badge")).hasText("demo answer");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void stopCancelsAndFreesTheSlot() {
        try (var realm = TestRealm.start(simulated("chat", "10m", 1, 6_000));
                var shell = chromium.open(realm.uri()).connected()) {
            var answer = shell.ask("Count to a million");
            assertThat(answer.words()).isVisible();
            assertThat(shell.workers().locator(".load")).containsText("all 1 busy");
            assertThat(shell.mainButton()).hasText("Stop");

            shell.mainButton().click();

            assertThat(answer.at().locator(".answer.cancelled .state")).hasText("Stopped");
            assertThat(shell.workers().locator(".load")).containsText("1 of 1 free");
            assertThat(shell.mainButton()).hasText("Send");
        }
    }

    @Test
    void waitingShowsThePlaceInLineInWords() {
        try (var realm = TestRealm.start(simulated("chat", "10m", 1, 600), "--gateway.drain", "0s");
                var other = new TestUser("other", realm.uri());
                var shell = chromium.open(realm.uri()).connected()) {
            var running = other.ask("chat", "something long");
            running.first(ServerMessage.Accepted.class);

            var first = shell.ask("And I?");
            assertThat(first.state()).containsText("1st in line");
            var second = shell.ask("And then?");
            assertThat(second.state()).containsText("2nd in line");

            other.cancel(running);
            assertThat(first.words()).containsText("the realm");
            assertThat(second.state()).containsText("1st in line");
        }
    }

    @Test
    void anUnservedKindIsRefusedInWords() {
        try (var realm = TestRealm.start(simulated("chat", "50ms", 1, 2));
                var shell = chromium.open(realm.uri()).connected()) {
            var answer = shell.kind("Imagine").ask("a neon mountain");

            assertThat(answer.at().locator(".error strong")).hasText("No worker in this realm can do this.");
            assertThat(answer.at().locator(".error")).containsText("imagine");

            shell.kind("Chat").ask("never mind").done();
        }
    }

    @Test
    void workersComeAndGoLive() throws Exception {
        try (var realm = TestRealm.withDemo("--agent.worker.name", "home");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(shell.workers().first()).containsText("home");
            assertThat(shell.workers().locator(".badge").first()).hasText("demo");
            Locator atlas = shell.workers().filter(new Locator.FilterOptions().setHasText("atlas"));

            try (var joined = realm.join(simulated("chat", "50ms", 3, 2), "atlas")) {
                assertThat(joined).isNotNull();
                assertThat(atlas).containsText("3 of 3 free");
                assertThat(atlas.locator(".state")).hasText("healthy");
            }

            assertThat(atlas).hasCount(0);
        }
    }

    @Test
    void theFirstLoadIsSmall() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().waitForLoadState(LoadState.NETWORKIDLE);

            List<Sizes> sizes = shell.responses().stream()
                    .map(each -> each.request().sizes())
                    .toList();
            int bytes = sizes.stream()
                    .mapToInt(size -> size.responseBodySize + size.responseHeadersSize)
                    .sum();
            assertThat(shell.responses()).hasSizeBetween(2, MAX_FIRST_LOAD_REQUESTS);
            assertThat(bytes).isBetween(10_000, MAX_FIRST_LOAD_BYTES);
        }
    }

    /** What the link to save it saves. */
    private static byte[] saved(Shell shell, Answer answer) throws IOException {
        var download = shell.page()
                .waitForDownload(
                        () -> answer.at().locator(".media figcaption a").click());
        assertThat(download.suggestedFilename()).isEqualTo("mtor.png");
        return Files.readAllBytes(download.path());
    }

    static String simulated(String type, String work, int slots, int chunks) {
        return """
                [[agent.simulated]]
                query_type = "%s"
                work = "%s"
                slots = %d
                chunks = %d
                """.formatted(type, work, slots, chunks);
    }
}
