// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page for everybody: every width, both themes, the keyboard alone, another language. */
class BrowserAccessE2E {

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void theFirstVisitSuitsEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            suitsEverybody(shell, "first visit");
        }
    }

    /** They lie over the conversation there, for whoever asks for them. */
    @Test
    void workersInANarrowWindowSuitEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), Looks.DESKTOP.sized(390, 844))
                        .connected()) {
            assertThat(shell.page().locator("mtor-workers")).isHidden();
            shell.page().locator("button.count").click();
            assertThat(shell.workers().first()).isVisible();

            suitsEverybody(shell, "workers in a narrow window");

            shell.page().setViewportSize(390, 844);
            assertThat(shell.page().locator("mtor-workers")).isHidden();
        }
    }

    @Test
    void aRealmWithoutWorkersSuitsEverybody() {
        try (var realm = TestRealm.start("");
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(shell.page().locator(".first .note")).containsText("No worker has joined this realm yet.");

            suitsEverybody(shell, "no workers");
        }
    }

    @Test
    void answersSuitEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("What is a realm? " + "Unbreakable".repeat(40)).done();
            shell.ask("imagine a neon mountain").done();

            suitsEverybody(shell, "answers");
        }
    }

    @Test
    void openWaitingStoppedAndFailedIntentsSuitEverybody() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "10m", 1, 600), "--gateway.drain", "0s");
                var shell = chromium.open(realm.uri()).connected()) {
            shell.kind("Imagine").ask("a neon mountain");
            assertThat(shell.answer(0).at().locator(".error")).isVisible();
            assertThat(shell.kind("Chat").ask("Go on for ever").words()).isVisible();
            assertThat(shell.ask("And I?").state()).containsText("in line");
            shell.mainButton().click();
            assertThat(shell.lastAnswer().state()).hasText("Stopped");
            assertThat(shell.ask("And now?").state()).containsText("in line");

            suitsEverybody(shell, "open, waiting, stopped, failed");
        }
    }

    @Test
    void beingOfflineSuitsEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.context().setOffline(true);
            shell.ask("Are you there?");
            assertThat(shell.page().locator(".banner")).isVisible();

            suitsEverybody(shell, "offline");
        }
    }

    @Test
    void theMenuAndTheQuestionBeforeForgettingSuitEverybody() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().locator(".settings summary").click();
            suitsEverybody(shell, "settings");

            shell.page().locator(".settings .danger").click();
            assertThat(shell.page().locator("dialog#forget")).isVisible();
            suitsEverybody(shell, "forget");
        }
    }

    @Test
    void theKeyboardIsEnough() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "10m", 1, 600), "--gateway.drain", "0s");
                var other = new TestUser("other", realm.uri());
                var shell = chromium.open(realm.uri()).connected()) {
            var keyboard = shell.page().keyboard();

            // The first stop of Tab leads to the words.
            keyboard.press("Tab");
            assertThat(shell.page().locator(".skip")).isFocused();
            keyboard.press("Enter");
            assertThat(shell.words()).isFocused();
            keyboard.type("Go on");
            keyboard.press("Shift+Enter");
            keyboard.type("for ever");
            keyboard.press("Enter");
            assertThat(shell.lastAnswer().at().locator(".question p")).hasText("Go on\nfor ever");
            assertThat(shell.lastAnswer().words()).isVisible();

            // Escape stops, and the slash leads back to the words.
            keyboard.press("Escape");
            assertThat(shell.lastAnswer().state()).hasText("Stopped");
            shell.page().locator("mtor-log").focus();
            keyboard.press("/");
            assertThat(shell.words()).isFocused();
            assertThat(shell.words()).hasValue("");

            // Before the words stand picture, screen and camera; the kind of work is a group of radio buttons.
            for (int i = 0; i < 4; i++) {
                keyboard.press("Shift+Tab");
            }
            keyboard.press("ArrowRight");
            assertThat(shell.page().locator("input[value=chat]")).isChecked();
            // The workers are a button away.
            shell.page().locator("button.count").focus();
            keyboard.press("Enter");
            assertThat(shell.page().locator("mtor-workers")).isHidden();
            assertThat(other.realm()).isInstanceOf(ServerMessage.Realm.class);
        }
    }

    @Test
    void anotherLanguageReplacesEveryWord() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().locator(".settings summary").click();
            shell.page().locator(".settings select").nth(1).selectOption("de");

            assertThat(shell.page().locator("html")).hasAttribute("lang", "de");
            assertThat(shell.page().locator("mtor-status .link")).containsText("Verbunden");
            assertThat(shell.mainButton()).hasText("Senden");

            shell.page().reload();
            assertThat(shell.page().locator("mtor-status .link")).containsText("Verbunden");
        }
    }

    @Test
    void aBrowserThatSpeaksGermanIsGreetedInGerman() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), Looks.DESKTOP.speaking("de-AT"))) {
            assertThat(shell.page().locator("mtor-status .link")).containsText("Verbunden");
            assertThat(shell.page().locator("html")).hasAttribute("lang", "de");
        }
    }

    @Test
    void aChosenThemeIsKept() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            String dark = background(shell);

            shell.page().locator(".settings summary").click();
            shell.page().locator(".settings select").first().selectOption("light");
            String light = background(shell);
            shell.page().reload();

            assertThat(light).isNotEqualTo(dark);
            assertThat(background(shell.connected())).isEqualTo(light);
        }
    }

    private static String background(Shell shell) {
        return String.valueOf(shell.page().evaluate("getComputedStyle(document.documentElement).backgroundColor"));
    }
}
