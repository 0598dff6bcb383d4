// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.RestartableRealm;
import io.mtor.e2e.testing.TestRealm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page as something that is installed: it opens without the gateway, and gives way to a newer version. */
class BrowserInstalledE2E {

    private static final String PIECE = "the realm is bre";

    private static final String QUICK = BrowserE2E.simulated("chat", "50ms", 1, 4);

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    /** The service worker has all that it keeps, and serves this page. */
    private static Shell installed(Shell shell) {
        shell.page().waitForFunction("() => navigator.serviceWorker.controller !== null");
        return shell;
    }

    private static List<String> kept(Shell shell) {
        return ((List<?>) shell.page().evaluate("""
            async () => {
              const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
              const requests = await Promise.all(caches_.map((cache) => cache.keys()));
              return requests.flat().map(({ url }) => new URL(url).pathname);
            }
            """))
                .stream().map(String::valueOf).toList();
    }

    @Test
    void aReloadWithoutNetworkShowsTheHistoryAndKeepsAnIntent() {
        try (var realm = TestRealm.start(QUICK);
                var shell = installed(chromium.open(realm.uri()).connected())) {
            shell.ask("Remember this").done();
            shell.context().setOffline(true);

            shell.page().reload();

            // A browser whose network is taken away by a test does not always tell the new page so.
            assertThat(shell.page().locator(".banner"))
                    .containsText(Pattern.compile("You are offline\\.|The connection to the realm is lost\\."));
            assertThat(shell.page().locator("#talk-state"))
                    .hasText("Once connected, the page knows whether you can talk here.");
            assertThat(shell.answer(0).done().text()).isEqualTo(PIECE.repeat(4));
            var answer = shell.ask("Are you there?");
            assertThat(answer.state()).hasText("Kept here, not sent yet");

            shell.context().setOffline(false);
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(4));
            assertThat(shell.page().locator(".banner")).hasCount(0);
        }
    }

    @Test
    void aReloadWithoutTheGatewayShowsTheHistoryAndItsViewsAndSendsWhenItIsBack() {
        try (var realm = RestartableRealm.start(QUICK);
                var shell = installed(chromium.open(realm.uri()).connected())) {
            shell.ask("Remember this").done();
            realm.stopGateway();

            shell.page().reload();

            assertThat(shell.page().locator(".banner")).containsText("Trying again by itself.");
            assertThat(shell.answer(0).done().text()).isEqualTo(PIECE.repeat(4));
            shell.page().locator("nav a[href='#help']").click();
            assertThat(shell.page().locator("mtor-help h2").first()).isVisible();
            shell.page().locator("nav a[href='#talk']").click();
            var answer = shell.ask("Are you there?");
            assertThat(answer.state()).hasText("Kept here, not sent yet");
            suitsEverybody(shell, "reloaded without the gateway");
            // Again: what was sent is kept by the browser, not by this page.
            shell.page().reload();
            assertThat(shell.lastAnswer().state()).hasText("Kept here, not sent yet");

            realm.startGateway();
            assertThat(shell.lastAnswer().done().text()).isEqualTo(PIECE.repeat(4));
            assertThat(shell.page().locator("mtor-answer")).hasCount(2);
        }
    }

    @Test
    void onlyTheFilesOfThePageAreKept() {
        try (var realm = TestRealm.withDemo();
                var shell = installed(chromium.open(realm.uri()).connected())) {
            shell.ask("imagine a neon mountain").done();
            shell.page().evaluate("() => Promise.all(['/v1/models', '/metrics', '/where'].map((path) => fetch(path)))");

            assertThat(kept(shell))
                    .contains(
                            "/", "/favicon.svg", "/icon-maskable.svg", "/apple-touch-icon.png", "/manifest.webmanifest")
                    .allMatch(path -> path.matches("/|/[a-z]+-[0-9A-Z]{8}\\.(js|css)|/[a-z-]+\\.(svg|png|webmanifest)"))
                    .anyMatch(path -> path.startsWith("/views-"))
                    .anyMatch(path -> path.startsWith("/listen-"));
            assertThat(shell.trouble()).isEmpty();
            assertThat(shell.harm()).isEmpty();
        }
    }

    @Test
    void theBrowserCallsItInstallable() {
        try (var realm = TestRealm.withDemo();
                var shell = installed(chromium.open(realm.uri()).connected())) {
            assertThat(shell.page().locator("link[rel=manifest]")).hasCount(1);
            var session = shell.context().newCDPSession(shell.page());

            JsonObject manifest = session.send("Page.getAppManifest");
            JsonObject verdict = session.send("Page.getInstallabilityErrors");

            assertThat(manifest.getAsJsonArray("errors")).isEmpty();
            assertThat(verdict.getAsJsonArray("installabilityErrors").asList().stream()
                            .map(String::valueOf)
                            // Tests look at pages in private windows.
                            .filter(error -> !error.contains("in-incognito")))
                    .isEmpty();
        }
    }

    @Test
    void aNewVersionIsOfferedAndDoesNotCutAnAnswerOff() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "10m", 1, 6_000), "--gateway.drain", "0s");
                var page = new RenewedPage(realm.uri());
                var shell = installed(chromium.open(page.uri()).connected())) {
            Locator offer = shell.page().locator(".banner.update");
            assertThat(offer).hasCount(0);
            var answer = shell.ask("Count to a million");
            assertThat(answer.words()).isVisible();
            shell.page().evaluate("() => { window.untouched = true; }");

            page.renew();

            assertThat(offer).containsText("A new version of this page is ready.");
            suitsEverybody(shell, "new version");
            offer.locator("button").first().click();
            assertThat(offer).containsText("The new version comes as soon as nothing is running.");
            assertThat(answer.words()).isVisible();
            assertThat(version(shell)).isEqualTo(page.first());
            assertThat(shell.page().evaluate("() => window.untouched")).isEqualTo(true);

            shell.connected().mainButton().click();
            shell.page()
                    .waitForFunction("() => document.querySelector('meta[name=mtor-version]').content === '"
                            + RenewedPage.NEXT + "'");
            assertThat(shell.answer(0).state()).hasText("Stopped");
            assertThat(offer).hasCount(0);
            shell.page()
                    .waitForFunction(
                            "() => caches.keys().then((names) => names.length === 1 && names[0] === 'mtor-shell-"
                                    + RenewedPage.NEXT + "')");
        }
    }

    @Test
    void aNewVersionThatNobodyWantsNowWaits() {
        try (var realm = TestRealm.start(QUICK);
                var page = new RenewedPage(realm.uri());
                var shell = installed(chromium.open(page.uri()).connected())) {
            Locator offer = shell.page().locator(".banner.update");
            page.renew();
            assertThat(offer).isVisible();

            offer.locator("button").last().click();

            assertThat(offer).hasCount(0);
            shell.connected().ask("Still here?").done();
            assertThat(version(shell)).isEqualTo(page.first());
            // Whoever reloads has it anyway, and is not asked.
            shell.page().reload();
            assertThat(shell.answer(0).done().text()).isEqualTo(PIECE.repeat(4));
            assertThat(version(shell)).isEqualTo(RenewedPage.NEXT);
            shell.page().waitForFunction("() => caches.keys().then((names) => names.length === 1)");
            assertThat(offer).hasCount(0);
        }
    }

    private static String version(Shell shell) {
        return shell.page().locator("meta[name=mtor-version]").getAttribute("content");
    }
}
