// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever comes from workers or from the user is text: no script runs, nothing is loaded, the policy is never asked. */
class BrowserHostileE2E {

    private static final String ECHO = """
            [[agent.command]]
            name = "echo"
            query_type = "chat"
            argv = ["cat"]
            """;

    /** Complains in the user's words. There is one per text: a worker that fails is spared for a while. */
    private static final String COMPLAINT = """
            [[agent.command]]
            name = "complaint-%d"
            query_type = "chat"
            argv = ["sh", "-c", "cat | tr '\\n' ' ' >&2; exit 1"]
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void hostileWordsAreJustWords() {
        try (var realm = TestRealm.start(ECHO);
                var shell = chromium.open(realm.uri()).connected()) {
            List<String> asked = asked(shell);
            var texts = HostileTexts.all();
            assertThat(texts).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(150);

            for (String text : texts) {
                shell.ask(text).done();
            }

            harmless(shell, realm.uri(), asked);
            shell.page().reload();
            shell.lastAnswer().done();
            harmless(shell, realm.uri(), asked);
        }
    }

    @Test
    void hostileErrorsAreJustWords() {
        var texts = HostileTexts.all();
        String workers =
                IntStream.range(0, texts.size()).mapToObj(COMPLAINT::formatted).collect(Collectors.joining());
        try (var realm = TestRealm.start(workers, "--gateway.session.max-attempts", "1");
                var shell = chromium.open(realm.uri()).connected()) {
            List<String> asked = asked(shell);

            for (String text : texts) {
                assertThat(shell.ask(text).at().locator(".error")).isVisible();
            }

            assertThat(shell.answer(0).at().locator(".error")).containsText("<script>");
            harmless(shell, realm.uri(), asked);
        }
    }

    @Test
    void hostileNamesOfWorkersAreJustWords() throws Exception {
        try (var realm = TestRealm.start(
                        ECHO, "--agent.worker.name", HostileTexts.all().get(0));
                var shell = chromium.open(realm.uri()).connected()) {
            List<String> asked = asked(shell);
            List<AutoCloseable> joined = new ArrayList<>();

            for (String name : HostileTexts.all()) {
                joined.add(realm.join(BrowserE2E.simulated("speak", "50ms", 1, 1), name));
            }
            assertThat(shell.workers()).hasCount(joined.size() + 1);
            var answer = shell.ask("Who are you?").done();

            assertThat(answer.at().locator(".by")).containsText("<script>");
            harmless(shell, realm.uri(), asked);
            for (AutoCloseable each : joined) {
                each.close();
            }
        }
    }

    private static List<String> asked(Shell shell) {
        List<String> asked = new CopyOnWriteArrayList<>();
        shell.page().onRequest(request -> asked.add(request.url()));
        return asked;
    }

    /** Nothing ran, nothing was forbidden because nothing was tried, nobody but the realm was asked for anything. */
    private static void harmless(Shell shell, URI realm, List<String> asked) {
        // Links are followed nowhere but by a click; those that are shown may lead to the web only.
        var links = (List<?>) shell.page().evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)");
        assertThat(links).allSatisfy(link -> assertThat(String.valueOf(link)).matches("(https?|mailto|blob):.*"));
        assertThat(shell.page().locator("mtor-app :is(script, iframe, object, embed, base, meta, link, form[action])"))
                .hasCount(0);
        assertThat(shell.harm()).isEmpty();
        assertThat(shell.trouble()).isEmpty();
        assertThat(asked).allSatisfy(url -> assertThat(url).startsWith(realm.toString()));
    }
}
