// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import io.mtor.e2e.testing.TestRealm;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From plain HTTP, where there is no microphone, to HTTPS, where there is one. */
class BrowserSecureE2E {

    private static final String HOST = "mtor.test";

    private static final String HEARS = BrowserE2E.simulated("transcribe", "1s", 1, 4);

    /** For this browser, the loopback has a name that makes it a machine like any other. */
    @RegisterExtension
    private static final Chromium chromium =
            Chromium.withMicrophone("--host-resolver-rules=MAP " + HOST + " 127.0.0.1");

    @TempDir
    private Path folder;

    private TestRealm withHttps() {
        String[] flags = {
            "--gateway.tls.generated", "true",
            "--gateway.tls.port", "0",
            "--gateway.tls.generated-file", folder.resolve("gateway.p12").toString()
        };
        return TestRealm.start(HEARS, flags);
    }

    private static URI elsewhere(URI uri) {
        return URI.create(uri.toString().replace("localhost", HOST));
    }

    private static Locator state(Shell shell) {
        return shell.page().locator("#talk-state");
    }

    private static Locator dialog(Shell shell) {
        return shell.page().locator("dialog.elsewhere");
    }

    private static void ask(Shell shell) {
        shell.page().locator(".talk-state button").click();
        assertThat(dialog(shell)).isVisible();
    }

    @Test
    void plainHttpSaysWhyThereIsNoMicrophoneAndLeadsToWhereThereIsOne() throws Exception {
        try (var realm = withHttps();
                var shell = chromium.open(elsewhere(realm.uri())).connected()) {
            assertThat(state(shell))
                    .hasText("A browser lends its microphone only to pages that came over HTTPS or from this machine.");
            suitsEverybody(shell, "insecure");

            ask(shell);

            String address = elsewhere(realm.secureUri()) + "/";
            assertThat(dialog(shell).locator("a")).hasText(address);
            assertThat(dialog(shell).locator("a")).hasAttribute("href", address);
            assertThat(read(dialog(shell).locator("img"))).isEqualTo(address);
            suitsEverybody(shell, "where HTTPS is");
            dialog(shell).locator("button").click();
            assertThat(dialog(shell)).isHidden();

            ask(shell);
            dialog(shell).locator("a").click();

            shell.connected();
            assertThat(shell.page().url()).isEqualTo(address);
            assertThat(shell.page().evaluate("() => isSecureContext")).isEqualTo(true);
            assertThat(state(shell)).hasText("Tap to talk, or hold Space.");
            shell.page().locator(".talk-button").click();
            assertThat(state(shell)).hasText("Listening");
            assertThat(shell.harm()).isEmpty();
        }
    }

    @Test
    void aGatewayWithoutHttpsSaysHowToGetIt() {
        try (var realm = TestRealm.start(HEARS);
                var shell = chromium.open(elsewhere(realm.uri())).connected()) {
            ask(shell);

            assertThat(dialog(shell)).containsText("This gateway tells no HTTPS address.");
            assertThat(dialog(shell).locator("img")).hasCount(0);
            suitsEverybody(shell, "no HTTPS");
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void germanFitsToo() {
        try (var realm = withHttps();
                var shell = chromium.open(elsewhere(realm.uri()), Looks.DESKTOP.speaking("de-DE"))) {
            ask(shell);

            assertThat(dialog(shell)).containsText("Über HTTPS sprechen");
            suitsEverybody(shell, "where HTTPS is, in German");
        }
    }

    /** What a camera would read. */
    private static String read(Locator picture) throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(picture.screenshot()));
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader().decode(bitmap).getText();
    }
}
