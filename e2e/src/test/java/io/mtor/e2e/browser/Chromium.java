// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The system's Chromium: {@code $MTOR_CHROMIUM}, or /usr/bin/chromium. Where there is none the tests are skipped, loudly;
 * on continuous integration ({@code CI=true}) they fail.
 */
final class Chromium implements AutoCloseable, BeforeAllCallback, AfterAllCallback {

    private static final double PATIENCE_MILLIS = 60_000;

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final List<String> flags;
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    Chromium() {
        this(FLAGS);
    }

    private Chromium(List<String> flags) {
        this.flags = flags;
    }

    /** One with a microphone, which nobody is asked for; unless a page makes its own it beeps. */
    static Chromium withMicrophone(String... flags) {
        List<String> all = new ArrayList<>(FLAGS);
        all.add("--use-fake-device-for-media-stream");
        all.add("--use-fake-ui-for-media-stream");
        all.addAll(List.of(flags));
        return new Chromium(all);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        launch();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Starts it, unless a test class does by having it as an extension. */
    Chromium launch() {
        Path program = Path.of(System.getenv().getOrDefault("MTOR_CHROMIUM", "/usr/bin/chromium"));
        if (!Files.isExecutable(program)) {
            String missing = "There is no Chromium at " + program
                    + ", so the page is not tested. Install one, or name yours in MTOR_CHROMIUM.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(missing);
            }
            System.err.println("SKIPPED: " + missing);
            Assumptions.abort(missing);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(flags));
        return this;
    }

    /** Opens the page as somebody who was never here: 1440 × 900, dark, English. */
    Shell open(URI realm) {
        return open(realm, Looks.DESKTOP);
    }

    /** The same in which this script runs before any of the page's. */
    Shell open(URI realm, String script) {
        return open(realm, Looks.DESKTOP, script);
    }

    Shell open(URI realm, Looks looks) {
        return open(realm, looks, "");
    }

    Shell open(URI realm, Looks looks, String script) {
        var context = Objects.requireNonNull(browser)
                .newContext(new Browser.NewContextOptions()
                        // A gateway may have signed its certificate itself.
                        .setIgnoreHTTPSErrors(true)
                        .setViewportSize(looks.width(), looks.height())
                        .setColorScheme(looks.scheme())
                        .setDeviceScaleFactor(looks.scale())
                        .setLocale(looks.locale()));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.addInitScript(script);
        return new Shell(context, realm);
    }

    @Override
    public void close() {
        // Its browser goes with it.
        if (playwright != null) {
            playwright.close();
        }
    }
}
