// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.mtor.e2e.testing.Sources;
import io.mtor.e2e.testing.TestRealm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Makes the pictures of the documents from the page as it is. Its name keeps it out of the usual runs: call it when the
 * page has changed, look at what comes out, commit it.
 *
 * <pre>{@code
 * ./mvnw -pl e2e -am verify -Dtest=none -Dit.test=Screenshots \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
class Screenshots {

    private static final long MAX_BYTES = 250_000;

    @Test
    void takeAll() throws Exception {
        Path folder = Files.createDirectories(Sources.root().resolve("docs/images"));
        try (var realm = TestRealm.withDemo("--agent.worker.name", "atlas");
                var forge = realm.join(BrowserE2E.simulated("transcribe", "1s", 4, 8), "forge");
                var chromium = new Chromium().launch()) {
            assertThat(forge).isNotNull();
            take(chromium, realm.uri(), Looks.DESKTOP.sized(1440, 1080), folder.resolve("page-dark.png"));
            var phone = Looks.DESKTOP.sized(390, 844).in(ColorScheme.LIGHT).scaled(1.75);
            take(chromium, realm.uri(), phone, folder.resolve("page-phone-light.png"));
            first(chromium, realm.uri(), Looks.DESKTOP.in(ColorScheme.LIGHT), folder);
        }
    }

    private static void first(Chromium chromium, URI realm, Looks looks, Path folder) throws Exception {
        try (var shell = chromium.open(realm, looks).connected()) {
            assertThat(shell.workers().first()).isVisible();
            write(shell, folder.resolve("page-first-light.png"));
        }
    }

    private static void take(Chromium chromium, URI realm, Looks looks, Path file) throws Exception {
        try (var shell = chromium.open(realm, looks).connected()) {
            shell.ask("What is a realm?").done();
            shell.ask("imagine a neon mountain").done();
            // The picture has to be drawn before it can be photographed.
            shell.page().evaluate("Promise.all([...document.images].map((image) => image.decode()))");
            assertThat(shell.lastAnswer().at().locator(".media")).isInViewport();
            write(shell, file);
        }
    }

    /** Six bits of a colour are all that a document needs, and half of the bytes. */
    private static void compress(byte[] png, Path file) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(png));
        var coarse = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y);
                coarse.setRGB(x, y, coarse(colour >> 16) << 16 | coarse(colour >> 8) << 8 | coarse(colour));
            }
        }
        ImageIO.write(coarse, "png", file.toFile());
    }

    private static int coarse(int channel) {
        int six = Math.min(0xFF, (channel & 0xFF) + 2) >> 2;
        return six << 2 | six >> 4;
    }

    private static void write(Shell shell, Path file) throws Exception {
        shell.page().mouse().move(0, 0);
        compress(shell.page().screenshot(), file);
        assertThat(Files.size(file)).as("bytes of " + file).isLessThan(MAX_BYTES);
    }
}
