// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The realm as a map and as a table, and why a worker got what was asked. */
class BrowserRealmE2E {

    private static final String CROWD = """
            [[agent.simulated]]
            query_type = "chat"
            count = 200
            work = "50ms"
            slots = 2
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    private static void show(Shell shell, String view) {
        shell.page().evaluate("(view) => { location.hash = view; }", view);
        assertThat(shell.page().locator(".view h2").first()).isVisible();
    }

    private static Locator map(Shell shell) {
        return shell.page().locator(".map svg[role=img]");
    }

    private static Locator rows(Shell shell) {
        return shell.page().locator("mtor-realm tbody tr");
    }

    private static Locator names(Shell shell) {
        return rows(shell).locator(".who");
    }

    @Test
    void theMapFollowsAnIntentFromTheLineToItsWorker() {
        try (var realm = TestRealm.start(
                        BrowserE2E.simulated("chat", "10m", 1, 600),
                        "--agent.worker.name",
                        "atlas",
                        "--gateway.drain",
                        "0s");
                var other = new TestUser("other", realm.uri());
                var shell = chromium.open(realm.uri()).connected()) {
            var running = other.ask("chat", "something long");
            running.first(ServerMessage.Accepted.class);
            assertThat(shell.ask("And I?").state()).containsText("in line");
            show(shell, "realm");

            assertThat(shell.page().locator(".way")).hasText("1 intent of yours waits in line.");
            assertThat(map(shell).locator(".node.seeking")).hasCount(1);
            assertThat(map(shell).locator(".lit")).hasCount(2);

            other.cancel(running);

            assertThat(shell.page().locator(".way")).hasText("atlas works for you.");
            assertThat(map(shell).locator(".lit")).hasCount(3);
            assertThat(map(shell).locator(".node.seeking")).hasCount(0);
            assertThat(map(shell))
                    .hasAttribute("aria-label", Pattern.compile("1 worker on 1 host.*atlas works for you"));
            assertThat(rows(shell)).containsText("works for you");

            shell.page().keyboard().press("Escape");
            assertThat(shell.page().locator(".way")).hasText("Nothing of yours is on its way.");
            assertThat(map(shell).locator(".lit")).hasCount(0);
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void nothingMovesForWhoWantsNothingToMove() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "10m", 1, 600), "--gateway.drain", "0s");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(shell.ask("Go on for ever").words()).isVisible();
            show(shell, "realm");
            assertThat(map(shell).locator(".lit").first()).hasCSS("animation-name", "flow");

            shell.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));

            assertThat(map(shell).locator(".lit").first()).hasCSS("animation-name", "none");
        }
    }

    @Test
    void theTableSaysWhatTheMapShowsAndIsSortedByKeyboard() throws Exception {
        try (var realm = TestRealm.withDemo("--agent.worker.name", "home");
                var atlas = realm.join(BrowserE2E.simulated("transcribe", "50ms", 3, 2), "atlas");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(atlas).isNotNull();
            show(shell, "realm");
            assertThat(names(shell).first()).hasText("atlas");
            assertThat(rows(shell).first()).containsText("healthy");
            assertThat(rows(shell).first()).containsText("Transcribe");
            assertThat(rows(shell).first()).containsText("0 / 3");
            assertThat(rows(shell).locator(".badge").first()).hasText("demo");

            Locator name = shell.page().locator("mtor-realm thead button").first();
            name.focus();
            shell.page().keyboard().press("Enter");

            assertThat(name.locator("..")).hasAttribute("aria-sort", "descending");
            assertThat(names(shell).first()).hasText("home");
            assertThat(names(shell).last()).hasText("atlas");
        }
    }

    @Test
    void theTableSaysWhatAHostHasMeasured(@TempDir Path folder) throws Exception {
        Path speeds = Files.writeString(folder.resolve("speeds.json"), """
                {"demo":[{"query_type":"chat","first_ms":80,"whole_ms":1900,"tokens_per_second":41.5}]}
                """);
        try (var realm = TestRealm.withDemo("--agent.worker.speeds", speeds.toString());
                var shell = chromium.open(realm.uri()).connected()) {
            show(shell, "realm");

            assertThat(rows(shell).locator(".speed"))
                    .hasText("begins after 80\u00a0ms, done after 1.9\u00a0s, 41.5 tokens a second");
            suitsEverybody(shell, "a realm with a host that has measured");
        }
    }

    @Test
    void twoHundredWorkersStayReadable() throws Exception {
        try (var realm = TestRealm.start(CROWD, "--agent.worker.name", "atlas");
                var forge = realm.join(BrowserE2E.simulated("imagine", "50ms", 1, 2), "forge");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(forge).isNotNull();
            show(shell, "realm");
            assertThat(rows(shell)).hasCount(201);

            assertThat(shell.page().locator(".facts")).containsText("201 workers on 2 hosts");
            assertThat(map(shell).locator(".host")).hasCount(2);
            assertThat(map(shell).locator(".more")).hasText("and 196 more");
            suitsEverybody(shell, "a realm of many");
        }
    }

    @Test
    void aRealmWithoutWorkersIsShownToo() {
        try (var realm = TestRealm.start("");
                var shell = chromium.open(realm.uri()).connected()) {
            show(shell, "realm");
            assertThat(map(shell)).isVisible();
            assertThat(shell.page().locator("mtor-realm .note")).containsText("No worker has joined this realm yet.");

            suitsEverybody(shell, "an empty realm");
        }
    }

    @Test
    void anAnswerTellsWhyItsWorkerGotIt() throws Exception {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "50ms", 2, 2), "--agent.worker.name", "atlas");
                var second = realm.join(BrowserE2E.simulated("chat", "50ms", 2, 2), "forge");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(second).isNotNull();
            assertThat(shell.workers()).hasCount(2);
            var answer = shell.ask("How are you?").done();

            answer.at().locator(".why summary").click();

            Locator why = answer.at().locator("mtor-why");
            assertThat(why).containsText("It was Chat that was asked for.");
            assertThat(why).containsText("2 workers did that: 2 of them healthy, 2 of those with room.");
            assertThat(why).containsText("forge (healthy, ");
            assertThat(why).containsText("of 2 slots taken.");
            assertThat(why).containsText("it did not wait");
            assertThat(why).containsText("routed in");
            suitsEverybody(shell, "why this worker");

            // It is kept with the answer.
            shell.page().reload();
            assertThat(shell.answer(0).at().locator(".why")).isVisible();
            shell.answer(0).at().locator(".why summary").click();
            assertThat(shell.answer(0).at().locator("mtor-why")).containsText("2 workers did that");
            assertThat(shell.trouble()).isEmpty();
        }
    }
}
