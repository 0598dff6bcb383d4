// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pictures of the camera and of the screen go along; nothing that was lent stays open. */
class BrowserCameraE2E {

    /** Remembers every track that the browser lent. */
    private static final String WATCH = """
            window.tracks = [];
            for (const name of ["getUserMedia", "getDisplayMedia"]) {
              const real = MediaDevices.prototype[name];
              MediaDevices.prototype[name] = async function (wanted) {
                const stream = await real.call(this, wanted);
                window.tracks.push(...stream.getTracks());
                return stream;
              };
            }
            """;

    /** A screen on which a square turns. */
    private static final String SCREEN = """
            MediaDevices.prototype.getDisplayMedia = async () => {
              const canvas = document.createElement("canvas");
              canvas.width = 640;
              canvas.height = 360;
              const draw = () => {
                canvas.getContext("2d").fillRect(0, 0, 640, 360);
                requestAnimationFrame(draw);
              };
              draw();
              return canvas.captureStream();
            };
            """;

    private static final String REFUSED = """
            const refuse = async () => { throw new DOMException("no", "NAME"); };
            MediaDevices.prototype.getUserMedia = refuse;
            MediaDevices.prototype.getDisplayMedia = refuse;
            """;

    @RegisterExtension
    private static final Chromium chromium = Chromium.withMicrophone();

    @Test
    void aPictureOfTheCameraIsDescribed() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), WATCH).connected()) {
            camera(shell).press("Enter");
            assertThat(shell.page().locator("dialog.camera video")).isVisible();
            assertThat(next(shell)).hasText("Take");
            assertThat(next(shell)).isFocused();
            suitsEverybody(shell, "camera");
            shell.page().keyboard().press("Enter");
            assertThat(next(shell)).hasText("Use it");
            assertThat(open(shell)).isZero();
            suitsEverybody(shell, "camera, taken");

            shell.page()
                    .locator("dialog.camera button")
                    .filter(named("Take another"))
                    .click();
            assertThat(next(shell)).hasText("Take");
            assertThat(open(shell)).isEqualTo(1);
            next(shell).click();
            next(shell).filter(named("Use it")).click();

            assertThat(shell.page().locator(".attachments li")).hasCount(1);
            assertThat(shell.page().locator("mtor-camera")).hasCount(0);
            assertThat(open(shell)).isZero();
            assertThat(shell.words()).isFocused();
            var answer = shell.ask("What is in this picture?").done();
            assertThat(answer.at().locator(".understood")).containsText("Understood as Vision");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void whoLeavesTheCameraLeavesItClosed() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), WATCH).connected()) {
            camera(shell).click();
            assertThat(next(shell)).hasText("Take");
            shell.page().keyboard().press("Escape");
            assertThat(shell.page().locator("mtor-camera")).hasCount(0);
            assertThat(open(shell)).isZero();
            assertThat(camera(shell)).isFocused();

            camera(shell).click();
            assertThat(next(shell)).hasText("Take");
            shell.page().evaluate("location.hash = 'gallery'");
            assertThat(shell.page().locator("mtor-camera")).hasCount(0);
            assertThat(open(shell)).isZero();
            assertThat(shell.page().locator(".attachments")).hasCount(0);
        }
    }

    @Test
    void aCameraThatIsNotLentIsSaidInWords() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), REFUSED.replace("NAME", "NotAllowedError"))
                        .connected()) {
            camera(shell).click();
            assertThat(shell.page().locator("dialog.camera [role=status]"))
                    .containsText("was told not to lend the camera");
            suitsEverybody(shell, "camera, denied");
            next(shell).click();
            shell.page().keyboard().press("Escape");

            screen(shell).click();
            assertThat(shell.page().locator(".toast")).containsText("No picture of the screen");
        }
    }

    @Test
    void aCameraThatIsNotThereIsSaidInWords() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), REFUSED.replace("NAME", "NotFoundError"))
                        .connected()) {
            camera(shell).click();

            assertThat(shell.page().locator("dialog.camera [role=status]")).hasText("No camera was found.");
        }
    }

    @Test
    void aPageThatIsNotSecureSaysWhyThereIsNoCamera() {
        String insecure = """
                Object.defineProperty(window, "isSecureContext", { value: false });
                Object.defineProperty(navigator, "mediaDevices", { value: undefined });
                """;
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), insecure).connected()) {
            assertThat(screen(shell)).hasCount(0);

            camera(shell).click();

            assertThat(shell.page().locator("dialog.camera [role=status]")).containsText("HTTPS");
        }
    }

    @Test
    void aBrowserWithoutCameraAndScreenOffersNone() {
        String none = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });";
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), none).connected()) {
            assertThat(shell.page().locator(".attach")).isVisible();
            assertThat(camera(shell)).hasCount(0);
            assertThat(screen(shell)).hasCount(0);
        }
    }

    @Test
    void aPictureOfTheScreenIsDescribed() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri(), SCREEN + WATCH).connected()) {
            screen(shell).click();

            assertThat(shell.page().locator(".attachments li")).hasCount(1);
            assertThat(open(shell)).isZero();
            var answer = shell.ask("What is in this picture?").done();
            assertThat(answer.text()).contains("640").contains("360");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    private static Locator camera(Shell shell) {
        return shell.page().locator(".capture [aria-label='Take a picture']");
    }

    private static Locator screen(Shell shell) {
        return shell.page().locator(".capture [aria-label^='Attach what']");
    }

    private static Locator next(Shell shell) {
        return shell.page().locator("dialog.camera button.next");
    }

    private static Locator.FilterOptions named(String name) {
        return new Locator.FilterOptions().setHasText(name);
    }

    /** How many tracks are still open. */
    private static int open(Shell shell) {
        return ((Number) shell.page().evaluate("tracks.filter((track) => track.readyState === 'live').length"))
                .intValue();
    }
}
