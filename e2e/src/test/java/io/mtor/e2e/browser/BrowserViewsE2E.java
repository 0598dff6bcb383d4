// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts of the page beside the conversation. */
class BrowserViewsE2E {

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    private static Locator tab(Shell shell, String name) {
        return shell.page().locator("nav a").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void eachPartHasAnAddressAndBackLeadsBack() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            for (String name : List.of("Realm", "Pictures", "History", "Help")) {
                tab(shell, name).click();
                assertThat(tab(shell, name)).hasAttribute("aria-current", "page");
                assertThat(shell.page().locator(".view h2").first()).isVisible();
                assertThat(shell.page().locator("mtor-log")).isHidden();
            }
            assertThat(shell.page().url()).endsWith("#help");

            shell.page().goBack();
            assertThat(tab(shell, "History")).hasAttribute("aria-current", "page");
            shell.page().reload();
            assertThat(tab(shell, "History")).hasAttribute("aria-current", "page");

            // Whoever asks wants to see the answer.
            shell.ask("What is a realm?").done();
            assertThat(shell.page().locator("mtor-log")).isVisible();
            assertThat(shell.trouble()).isEmpty();
            assertThat(shell.harm()).isEmpty();
        }
    }

    @Test
    void theWorkersStandBesideTheConversation() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            Locator count = shell.page().locator("button.count");
            assertThat(count).hasAttribute("aria-expanded", "true");
            tab(shell, "Help").click();
            assertThat(count).hasAttribute("aria-expanded", "false");

            count.click();

            assertThat(shell.page().locator("mtor-workers")).isVisible();
            assertThat(tab(shell, "Talk")).hasAttribute("aria-current", "page");
        }
    }

    @Test
    void everyPartSuitsEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            for (String name : List.of("Realm", "Pictures", "History", "Help")) {
                tab(shell, name).click();
                assertThat(shell.page().locator(".view h2").first()).isVisible();
                suitsEverybody(shell, name);
            }
        }
    }
}
