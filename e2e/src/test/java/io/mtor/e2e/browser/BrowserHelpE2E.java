// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import io.mtor.e2e.testing.TestRealm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Help, keys that act alone, and the theme of high contrast. */
class BrowserHelpE2E {

    private static final String DENIED = """
            navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); };
            navigator.permissions.query = async () => { throw new TypeError("not told"); };
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path folder;

    private static Locator diagnosis(Shell shell) {
        return shell.page().locator(".diagnosis");
    }

    @Test
    void aDeniedMicrophoneLeadsToWhatCanBeDoneInThisBrowser() {
        var ears = new Ears(folder, "unused");
        try (var realm = TestRealm.start(ears.toml());
                var shell = chromium.open(realm.uri(), DENIED).connected()) {
            shell.page().locator(".talk-button").click();

            shell.page().locator(".why-off").click();

            assertThat(diagnosis(shell)).containsText("The browser was told not to lend the microphone to this page.");
            assertThat(diagnosis(shell)).containsText("Press the sign at the left of the address");
            suitsEverybody(shell, "help, denied");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void aRealmWhereNobodyHearsSaysWhatIsMissing() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "50ms", 1, 2));
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().locator(".why-off").click();

            assertThat(diagnosis(shell)).containsText("No worker of this realm turns speech into text");
            assertThat(shell.page().locator("mtor-help dl").last()).containsText("nobody does this here now");
            suitsEverybody(shell, "help, nobody hears");
        }
    }

    @Test
    void theQuestionMarkShowsHelpUnlessKeysThatActAloneAreOff() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            var keyboard = shell.page().keyboard();
            shell.page().locator("mtor-log").focus();
            keyboard.press("?");
            assertThat(shell.page().locator("mtor-help h2")).hasText("Help");
            assertThat(shell.page().locator(".keys kbd")).hasCount(8);

            shell.page().locator("mtor-help .check input").uncheck();

            assertThat(shell.page().locator(".keys kbd")).hasCount(2);
            shell.page().locator("mtor-help").focus();
            keyboard.press("g");
            keyboard.press("/");
            assertThat(shell.page().locator("mtor-help")).isVisible();
            assertThat(shell.words()).not().isFocused();
            suitsEverybody(shell, "help, keys off");

            // It is the setting, and it is kept.
            shell.page().reload();
            shell.connected().page().locator(".settings summary").click();
            assertThat(shell.page().locator(".menu .check input").first()).not().isChecked();
        }
    }

    @Test
    void highContrastIsAThemeAndWhatTheSystemWants() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().locator(".settings summary").click();
            shell.page().locator(".settings select").first().selectOption("contrast");
            assertThat(shell.page().locator("html")).hasCSS("background-color", "rgb(0, 0, 0)");
            shell.page().reload();
            assertThat(shell.connected().page().locator("html")).hasCSS("background-color", "rgb(0, 0, 0)");

            shell.page().locator(".settings summary").click();
            shell.page().locator(".settings select").first().selectOption("auto");
            shell.page().keyboard().press("Escape");
            shell.page().emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            String canvas = "() => { const own = getComputedStyle(document.documentElement).backgroundColor;"
                    + " const probe = document.createElement('p'); probe.style.backgroundColor = 'Canvas';"
                    + " document.body.append(probe); const system = getComputedStyle(probe).backgroundColor;"
                    + " probe.remove(); return own === system; }";
            assertThat(shell.page().evaluate(canvas)).isEqualTo(true);
            suitsEverybody(shell, "colours of the system");
        }
    }
}
