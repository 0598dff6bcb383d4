// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.options.FilePayload;
import io.mtor.e2e.testing.TestRealm;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A picture goes along: from a file, from the clipboard, by drag and drop. */
class BrowserPictureE2E {

    /** Gives the page a file as the browser does for the event of this name. */
    private static final String HAND_OVER = """
            (target, { type, base64 }) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], "red.png", { type: "image/png" }));
              const options = { bubbles: true, cancelable: true };
              target.dispatchEvent(
                type === "paste"
                  ? new ClipboardEvent(type, { ...options, clipboardData: transfer })
                  : new DragEvent(type, { ...options, dataTransfer: transfer }));
            }
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void aPictureFromAFileIsDescribed() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.page().locator("input[type=file]").setInputFiles(new FilePayload("red.png", "image/png", red()));

            described(shell);
        }
    }

    @Test
    void aPastedPictureIsDescribed() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            handOver(shell, "#words", "paste");

            described(shell);
        }
    }

    @Test
    void aDroppedPictureIsDescribed() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            handOver(shell, "mtor-log", "drop");

            described(shell);
        }
    }

    @Test
    void whatIsNoPictureIsRefusedInWords() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            byte[] text = "just words".getBytes(StandardCharsets.UTF_8);
            shell.page().locator("input[type=file]").setInputFiles(new FilePayload("fake.png", "image/png", text));

            assertThat(shell.page().locator(".toast")).hasText("Only PNG, JPEG and WebP pictures can be attached.");
            assertThat(shell.page().locator(".attachments")).hasCount(0);
        }
    }

    @Test
    void anAttachedPictureCanBeTakenBack() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            handOver(shell, "#words", "paste");
            assertThat(shell.page().locator(".attachments li")).hasCount(1);

            shell.page().locator(".attachments button").click();

            assertThat(shell.page().locator(".attachments")).hasCount(0);
            assertThat(shell.mainButton()).isDisabled();
        }
    }

    @Test
    void attachedPicturesAndWordsSurviveAReload() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            handOver(shell, "#words", "paste");
            shell.words().fill("What is in this picture?");
            assertThat(shell.page().locator(".attachments li")).hasCount(1);

            shell.page().reload();

            assertThat(shell.words()).hasValue("What is in this picture?");
            described(shell);
            shell.page().reload();
            assertThat(shell.page().locator("mtor-answer")).hasCount(1);
            assertThat(shell.page().locator(".attachments")).hasCount(0);
        }
    }

    @Test
    void theKeyboardAttachesAPictureAndSendsIt() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            var keyboard = shell.page().keyboard();
            // Long before it opens: a browser that is told to leave it to the test needs a moment.
            List<FileChooser> choosers = new CopyOnWriteArrayList<>();
            shell.page().onFileChooser(choosers::add);
            keyboard.press("Tab");
            keyboard.press("Enter");
            assertThat(shell.words()).isFocused();
            keyboard.press("Shift+Tab");
            keyboard.press("Enter");
            shell.page().waitForCondition(() -> !choosers.isEmpty());
            choosers.get(0).setFiles(new FilePayload("red.png", "image/png", red()));
            assertThat(shell.page().locator(".attachments li")).hasCount(1);
            assertThat(shell.words()).isFocused();
            keyboard.type("What is in this picture?");
            keyboard.press("Enter");

            var answer = shell.answer(0).done();
            assertThat(answer.at().locator(".understood")).containsText("Understood as Vision");
            assertThat(answer.text()).contains("64").contains("48");
        }
    }

    private static void handOver(Shell shell, String target, String event) throws IOException {
        String base64 = Base64.getEncoder().encodeToString(red());
        shell.page().locator(target).evaluate(HAND_OVER, Map.of("type", event, "base64", base64));
    }

    private static void described(Shell shell) {
        assertThat(shell.page().locator(".attachments li")).hasCount(1);

        var answer = shell.ask("What is in this picture?").done();

        assertThat(answer.at().locator(".question img.attached")).hasCount(1);
        assertThat(answer.at().locator(".understood")).containsText("Understood as Vision");
        assertThat(answer.text()).contains("64").contains("48");
        assertThat(shell.trouble()).isEqualTo(List.of());
    }

    private static byte[] red() throws IOException {
        var picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 48; y++) {
                picture.setRGB(x, y, 0xCC1122);
            }
        }
        var png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }
}
