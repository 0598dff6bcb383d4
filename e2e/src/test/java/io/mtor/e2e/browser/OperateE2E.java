// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator does with the page, and what nobody else gets to see. */
class OperateE2E {

    private static final String TOKEN = "let-the-operator-in";

    /** Remembers every frame that the page gets and sends. */
    private static final String LISTEN = """
            window.frames_ = [];
            const { send } = WebSocket.prototype;
            WebSocket.prototype.send = function (data) {
              window.frames_.push(String(data));
              return send.call(this, data);
            };
            window.WebSocket = class extends WebSocket {
              constructor(...given) {
                super(...given);
                this.addEventListener("message", ({ data }) => window.frames_.push(String(data)));
              }
            };
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    private static TestRealm realm() {
        return TestRealm.start(
                BrowserE2E.simulated("chat", "3s", 1, 12),
                "--gateway.admin.token",
                TOKEN,
                "--agent.worker.name",
                "atlas");
    }

    private static void signIn(Shell shell, String token) {
        Page page = shell.page();
        page.locator("details.settings summary").first().click();
        page.locator("input[name=token]").fill(token);
        page.locator("form.operator button").click();
    }

    /** Signs in and goes to the view. */
    private static Locator operate(Shell shell) {
        signIn(shell, TOKEN);
        shell.page().keyboard().press("Escape");
        shell.page().locator("nav a[href='#admin']").click();
        var view = shell.page().locator("mtor-admin");
        assertThat(view.locator(".charts polyline").first()).isAttached();
        return view;
    }

    private static Locator row(Locator view, String name) {
        return view.locator("tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void aWorkerIsDrainedWhileItWorksAndTakenBack() throws Exception {
        try (var realm = realm();
                var other = realm.join(BrowserE2E.simulated("chat", "3s", 1, 12), "borea");
                var user = chromium.open(realm.uri()).connected();
                var operator = chromium.open(realm.uri()).connected()) {
            assertThat(other).isNotNull();
            var view = operate(operator);
            var running = user.ask("one");
            assertThat(running.state()).hasText(Pattern.compile("With (atlas|borea)"));
            String first = running.state().textContent().contains("atlas") ? "atlas" : "borea";
            String second = first.equals("atlas") ? "borea" : "atlas";

            row(view, first).getByRole(AriaRole.BUTTON).click();

            assertThat(row(view, first)).containsText("draining");
            assertThat(row(view, first).getByRole(AriaRole.BUTTON)).containsText("Take back");
            assertThat(running.done().at().locator(".by")).containsText(first);
            for (int i = 0; i < 3; i++) {
                assertThat(user.ask("next").done().at().locator(".by")).containsText(second);
            }

            row(view, first).getByRole(AriaRole.BUTTON).click();
            assertThat(row(view, first)).containsText("healthy");
            row(view, second).getByRole(AriaRole.BUTTON).click();
            assertThat(row(view, second)).containsText("draining");
            assertThat(user.ask("again").done().at().locator(".by")).containsText(first);
            assertThat(operator.trouble()).isEmpty();
        }
    }

    @Test
    void theOnlyOneWhoDoesSomethingIsAskedAboutFirst() {
        try (var realm = realm();
                var shell = chromium.open(realm.uri()).connected()) {
            var view = operate(shell);
            var dialog = view.locator("#drain");

            row(view, "atlas").getByRole(AriaRole.BUTTON).click();
            assertThat(dialog).containsText("Nobody else does this now: Chat.");
            Accessibility.suitsEverybody(shell, "draining is asked about");
            dialog.getByText("Leave it").click();
            assertThat(dialog).isHidden();
            assertThat(row(view, "atlas")).containsText("healthy");

            row(view, "atlas").getByRole(AriaRole.BUTTON).click();
            dialog.locator(".danger").click();
            assertThat(row(view, "atlas")).containsText("draining");
        }
    }

    @Test
    void aHostIsApprovedDrainedAndRevoked() {
        String[] flags = TestHost.gateway("--gateway.hosts.approval", "true", "--gateway.admin.token", TOKEN);
        String worker = BrowserE2E.simulated("chat", "1s", 1, 3);
        try (var realm = TestRealm.start("", flags);
                var shell = chromium.open(realm.uri()).connected();
                var host = TestHost.join(realm.uri(), worker)) {
            var view = operate(shell);
            var mine = view.locator("tr[data-key='" + host.mark() + "']");
            assertThat(mine).containsText("waits to be approved");
            assertThat(mine.getByRole(AriaRole.BUTTON))
                    .hasText(new String[] {"Approve " + host.mark(), "Revoke " + host.mark()});
            mine.scrollIntoViewIfNeeded();
            Accessibility.suitsEverybody(shell, "a host waits");

            button(mine, "Approve").click();
            assertThat(mine.getByRole(AriaRole.CELL).first()).hasText(Pattern.compile("in$"));
            button(mine, "Drain").click();
            assertThat(row(view, host.mark() + ".")).containsText("draining");
            assertThat(row(view, host.mark() + ".").getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(mine.getByRole(AriaRole.CELL).first()).containsText("drained");
            assertThat(button(mine, "Drain")).hasCount(0);
            Accessibility.suitsEverybody(shell, "a host is drained");

            button(mine, "Approve").click();
            assertThat(row(view, host.mark() + ".")).containsText("healthy");

            var dialog = view.locator("#revoke");
            button(mine, "Revoke").click();
            assertThat(dialog).containsText("Revoke a test?");
            Accessibility.suitsEverybody(shell, "revoking is asked about");
            dialog.getByText("Leave it").click();
            assertThat(dialog).isHidden();
            assertThat(mine.getByRole(AriaRole.CELL).first()).hasText(Pattern.compile("in$"));

            button(mine, "Revoke").click();
            dialog.locator(".danger").click();
            assertThat(mine).containsText("revoked");
            assertThat(row(view, host.mark() + ".")).hasCount(0);
            assertThat(mine.getByRole(AriaRole.BUTTON)).hasText(new String[] {"Approve " + host.mark()});
            assertThat(shell.trouble()).isEmpty();
            assertThat(shell.harm()).isEmpty();
        }
    }

    private static Locator button(Locator row, String name) {
        return row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    @Test
    void aNoticeIsSeenByEverybodyAsText() {
        try (var realm = realm();
                var user = chromium.open(realm.uri()).connected();
                var operator = chromium.open(realm.uri()).connected()) {
            var view = operate(operator);
            String words = "<img src=x onerror=pwned.push(1)> atlas restarts at noon";
            view.locator("#tell-words").fill(words);
            assertThat(view.locator(".preview")).containsText(words);

            view.locator("form.tell button").click();

            assertThat(user.page().locator(".banner.notice")).containsText(words);
            assertThat(operator.page().locator(".banners .notice")).containsText(words);
            assertThat(view.locator("#tell-words")).hasValue("");
            assertThat(user.harm()).isEmpty();
            assertThat(operator.harm()).isEmpty();
        }
    }

    @Test
    void withoutTheTokenThereIsNeitherTabNorData() {
        try (var realm = realm();
                var operator = chromium.open(realm.uri()).connected();
                var shell = chromium.open(realm.uri(), LISTEN).connected()) {
            operate(operator);

            signIn(shell, "not-the-token-at-all");
            assertThat(shell.page().locator(".operator .wrong")).hasText("That token is not right.");
            shell.page().keyboard().press("Escape");
            shell.page().evaluate("location.hash = '#admin'");

            assertThat(shell.page().locator("mtor-admin")).containsText("This part is for operators.");
            assertThat(shell.page().locator("nav a[href='#admin']")).hasCount(0);
            // A question takes longer than the second in which operators are shown something.
            shell.page().evaluate("location.hash = ''");
            shell.ask("How are you?").done();
            String frames = String.valueOf(shell.page().evaluate("window.frames_.join('\\n')"));
            assertThat(frames)
                    .contains("\"type\":\"realm\"", "\"unauthorized\"")
                    .doesNotContain("operations", "heap_bytes", "\"role\"", "\"topic\":\"admin\"");
            assertThat(frames.split("not-the-token-at-all", -1)).hasSize(2);
            assertThat(shell.page().evaluate("sessionStorage.getItem('mtor.operator')"))
                    .isNull();
        }
    }

    @Test
    void anOperatorIsOneAfterAReloadAndNobodyAfterSigningOut() {
        try (var realm = realm();
                var shell = chromium.open(realm.uri()).connected()) {
            operate(shell);

            shell.page().reload();

            assertThat(shell.page().locator("mtor-admin .charts polyline").first())
                    .isAttached();
            shell.page().locator("details.settings summary").first().click();
            shell.page().locator(".operator button").click();
            assertThat(shell.page().locator("nav a[href='#admin']")).hasCount(0);
            assertThat(shell.page().locator("mtor-admin")).containsText("Sign in with the realm's token");
            assertThat(shell.page().evaluate("sessionStorage.getItem('mtor.operator')"))
                    .isNull();
        }
    }

    @Test
    void theViewSuitsEverybodyAndSaysWhenItIsStale() {
        try (var realm = realm();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            var view = operate(shell);
            shell.page().evaluate("location.hash = ''");
            shell.ask("How are you?").done();
            shell.page().evaluate("location.hash = '#admin'");
            assertThat(view.locator("tr[data-key=chat]")).isVisible();
            assertThat(row(view, "gateway-")).containsText("MB");
            assertThat(row(view, "dispatcher-")).containsText("MB");
            view.locator(".chart summary").first().click();
            assertThat(view.locator(".chart tbody tr").first()).isVisible();
            view.locator("#tell-words").fill("A long notice. ".repeat(30));
            Accessibility.suitsEverybody(shell, "operating");
            assertThat(((Number) view.evaluate("view => view.scrollWidth - view.clientWidth")).intValue())
                    .isLessThanOrEqualTo(0);

            assertThat(shell.page()
                            .evaluate("document.documentElement.scrollHeight <= document.documentElement.clientHeight"))
                    .isEqualTo(true);

            shell.context().setOffline(true);
            shell.page().evaluate("window.dispatchEvent(new Event('offline'))");

            assertThat(view.locator(".stale")).hasText("As it was before the connection was lost.");
            assertThat(row(view, "atlas").getByRole(AriaRole.BUTTON)).isDisabled();
            Accessibility.suitsEverybody(shell, "operating, cut off");
        }
    }

    @Test
    void aRealmWithoutWorkersHasAView() {
        try (var realm = TestRealm.start("", "--gateway.admin.token", TOKEN);
                var shell = chromium.open(realm.uri()).connected()) {
            var view = operate(shell);

            assertThat(view).containsText("No worker has joined this realm yet.");
            assertThat(view).containsText("Nothing has been placed yet.");
            Accessibility.suitsEverybody(shell, "operating nobody");
        }
    }
}
