// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.mtor.e2e.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does with the pictures that were made. */
class BrowserGalleryE2E {

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void noPicturesAreNoEmptyPage() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            visit(shell);

            assertThat(shell.page().locator("mtor-gallery .empty")).containsText("No pictures yet.");
            suitsEverybody(shell, "no pictures");
        }
    }

    @Test
    void picturesAreLookedAtByKeyboard() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            made(shell, "imagine a neon mountain", "imagine a quiet forest");
            assertThat(tiles(shell).first().locator("img"))
                    .hasAttribute("alt", "Picture made for: imagine a quiet forest");
            suitsEverybody(shell, "pictures");

            tiles(shell).first().locator("button").press("Enter");
            assertThat(large(shell).locator(".prompt")).hasText("imagine a quiet forest");
            suitsEverybody(shell, "a large picture");
            shell.page().keyboard().press("ArrowRight");
            assertThat(large(shell).locator(".prompt")).hasText("imagine a neon mountain");
            shell.page().keyboard().press("ArrowRight");
            assertThat(large(shell).locator("[role=status]")).hasText("1 of 2");
            shell.page().keyboard().press("ArrowLeft");
            shell.page().keyboard().press("Escape");

            assertThat(large(shell)).isHidden();
            assertThat(tiles(shell).nth(1).locator("button")).isFocused();
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void aVariationIsAnotherPictureOfTheSameWords() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            made(shell, "imagine a neon mountain");
            tiles(shell).locator("button").click();
            byte[] before = saved(shell);

            press(shell, "Vary");

            assertThat(shell.page().locator("mtor-answer")).hasCount(2);
            shell.answer(1).done();
            visit(shell);
            assertThat(tiles(shell)).hasCount(2);
            tiles(shell).first().locator("button").click();
            assertThat(large(shell).locator(".prompt")).hasText("imagine a neon mountain");
            assertThat(saved(shell)).isNotEqualTo(before).startsWith(0x89, 'P', 'N', 'G');

            press(shell, "Again");
            shell.answer(2).done();
        }
    }

    @Test
    void severalAreSavedAsOneFileAndDeletedTogether() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            made(shell, "imagine a neon mountain", "imagine a quiet forest", "imagine the sea");
            tiles(shell).nth(0).locator("input").check();
            tiles(shell).nth(2).locator("input").check();
            assertThat(shell.page().locator("mtor-gallery .tools [role=status]"))
                    .hasText("2 selected");
            suitsEverybody(shell, "pictures, selected");
            shell.page().setViewportSize(1440, 900);

            var download = shell.page().waitForDownload(() -> press(shell, "Save"));
            try (var zip = new ZipFile(download.path().toFile())) {
                assertThat(zip.stream().map(each -> each.getName()))
                        .containsExactly("01-imagine-the-sea.png", "02-imagine-a-neon-mountain.png");
                var second = zip.getEntry("02-imagine-a-neon-mountain.png");
                assertThat(zip.getInputStream(second).readAllBytes()).startsWith(0x89, 'P', 'N', 'G');
            }

            press(shell, "Delete");
            shell.page().locator("dialog#delete-pictures button").first().click();
            assertThat(tiles(shell)).hasCount(3);
            press(shell, "Delete");
            assertThat(shell.page().locator("dialog#delete-pictures")).containsText("Delete these 2 pictures?");
            suitsEverybody(shell, "delete pictures");
            shell.page().locator("dialog#delete-pictures .danger").click();

            assertThat(tiles(shell)).hasCount(1);
            shell.page().reload();
            assertThat(tiles(shell).locator("img")).hasAttribute("alt", "Picture made for: imagine a quiet forest");
            tiles(shell).locator("button").click();
            press(shell, "Delete");
            shell.page().locator("dialog#delete-pictures .danger").click();
            assertThat(shell.page().locator("mtor-gallery .empty")).isVisible();
        }
    }

    private static void made(Shell shell, String... prompts) {
        for (String prompt : prompts) {
            shell.ask(prompt).done();
        }
        visit(shell);
        assertThat(tiles(shell)).hasCount(prompts.length);
    }

    private static void visit(Shell shell) {
        shell.page().locator("nav a[href='#gallery']").click();
        assertThat(shell.page().locator("mtor-gallery h2")).isVisible();
    }

    private static Locator tiles(Shell shell) {
        return shell.page().locator(".pictures li");
    }

    private static Locator large(Shell shell) {
        return shell.page().locator("dialog.large");
    }

    /** The button of this name that can be seen. */
    private static void press(Shell shell, String name) {
        shell.page()
                .locator("mtor-gallery button:visible")
                .filter(new Locator.FilterOptions().setHasText(name))
                .last()
                .click();
    }

    private static byte[] saved(Shell shell) throws IOException {
        var download = shell.page().waitForDownload(new Page.WaitForDownloadOptions(), () -> press(shell, "Save"));
        assertThat(download.suggestedFilename()).isEqualTo("imagine-a-neon-mountain.png");
        return Files.readAllBytes(download.path());
    }
}
