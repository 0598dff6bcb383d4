// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.mtor.e2e.browser.Accessibility.suitsEverybody;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.mtor.e2e.testing.TestRealm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does with what was asked before: find it, go back to it, delete it, carry it elsewhere, ask it better. */
class BrowserHistoryE2E {

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void whatWasAskedIsFoundAndOpened() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("What is a café on the Alexanderplatz?").done();
            for (int i = 0; i < 4; i++) {
                shell.ask("Explain how a rainbow forms, in your own words, number " + i)
                        .done();
            }
            visit(shell);
            assertThat(past(shell)).hasCount(5);
            assertThat(shell.page().locator("mtor-history h3")).hasText("Today");

            shell.page().locator("input[type=search]").fill("CAFE on");
            assertThat(past(shell)).hasCount(1);
            assertThat(shell.page().locator(".search [role=status]")).hasText("1 of 5 turns");
            assertThat(past(shell).locator("mark").first()).hasText("café on");
            suitsEverybody(shell, "history, searched");

            shell.page().setViewportSize(1440, 900);
            past(shell).locator("a").press("Enter");

            assertThat(shell.answer(0).at()).isFocused();
            assertThat(shell.answer(0).at().locator(".question")).isInViewport();
            shell.page().goBack();
            assertThat(past(shell)).hasCount(5);
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void oneCanBeDeletedAndAReloadBringsItNotBack() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("What is a realm?").done();
            shell.ask("And who are you?").done();
            visit(shell);

            past(shell).first().locator("button").click();

            assertThat(past(shell)).hasCount(1);
            assertThat(past(shell).locator("button")).isFocused();
            shell.page().reload();
            assertThat(past(shell).locator(".asked")).hasText("What is a realm?");
        }
    }

    @Test
    void anEmptyHistorySaysWhatItIsFor() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            visit(shell);

            assertThat(shell.page().locator(".empty")).containsText("Nothing is kept yet.");
            suitsEverybody(shell, "empty history");
        }
    }

    @Test
    void whatWasExportedAndForgottenComesBackByImport() throws IOException {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("What is a realm?").done();
            shell.ask("imagine a neon mountain").done();
            byte[] before = picture(shell.lastAnswer().at());
            visit(shell);
            var download =
                    shell.page().waitForDownload(() -> button(shell, "Export").click());
            assertThat(download.suggestedFilename()).isEqualTo("mtor-history.json");
            byte[] file = Files.readAllBytes(download.path());

            button(shell, "Forget all").click();
            shell.page().locator("dialog#forget .danger").click();
            assertThat(shell.page().locator(".empty")).isVisible();
            take(shell, file);

            assertThat(shell.page().locator(".toast")).containsText("2 taken in, 0 were here already");
            assertThat(past(shell)).hasCount(2);
            take(shell, file);
            assertThat(shell.page().locator(".toast")).containsText("0 taken in, 2 were here already");
            suitsEverybody(shell, "history");
            shell.page().reload();
            assertThat(past(shell)).hasCount(2);
            shell.page().locator("nav a[href='#talk']").click();
            assertThat(shell.answer(1).done().at().locator(".badge")).hasText("demo answer");
            assertThat(picture(shell.answer(1).at())).isEqualTo(before);
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void aFileThatIsWrongIsRefusedByTheNameOfItsCulprit() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            visit(shell);

            take(shell, "no JSON".getBytes(StandardCharsets.UTF_8));
            assertThat(refusal(shell)).containsText("the beginning of a JSON file");
            take(shell, hostile("x", "\"extra\":1,").getBytes(StandardCharsets.UTF_8));

            assertThat(refusal(shell))
                    .hasText(
                            "Nothing was taken in. At turns[0].extra should stand nothing: this version knows no such field.");
            assertThat(past(shell)).hasCount(0);
            suitsEverybody(shell, "refused file");
        }
    }

    @Test
    void hostileTextsOfAFileStayTexts() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            String evil = "<img src=x onerror=pwned.push(1)><script>pwned.push(2)</script>";
            visit(shell);
            take(shell, hostile(evil, "").getBytes(StandardCharsets.UTF_8));

            assertThat(past(shell).locator(".asked")).hasText(evil);
            shell.page().locator("input[type=search]").fill("onerror");
            assertThat(past(shell).locator("mark").first()).hasText("onerror");
            past(shell).locator("a").click();
            assertThat(shell.answer(0).at().locator(".question p")).hasText(evil);
            shell.page().locator("nav a[href='#gallery']").click();

            assertThat(shell.page().locator("mtor-gallery .empty")).isVisible();
            assertThat(shell.harm()).isEmpty();
        }
    }

    @Test
    void anEditedQuestionReplacesTheOldOne() {
        try (var realm = TestRealm.withDemo();
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("What is a ream?").done();
            shell.ask("And who are you?").done();
            shell.words().fill("half a thought");

            edit(shell.answer(0)).click();
            assertThat(shell.words()).isFocused();
            assertThat(shell.words()).hasValue("What is a ream?");
            assertThat(shell.page().locator(".editing")).isVisible();
            suitsEverybody(shell, "editing");
            shell.words().press("Escape");
            assertThat(shell.words()).hasValue("half a thought");
            assertThat(shell.page().locator(".editing")).hasCount(0);

            edit(shell.answer(0)).click();
            shell.words().fill("What is a realm?");
            shell.page().reload();
            assertThat(shell.page().locator(".editing")).isVisible();
            assertThat(shell.words()).hasValue("What is a realm?");
            shell.words().press("Enter");

            assertThat(shell.page().locator("mtor-answer")).hasCount(2);
            assertThat(shell.answer(0).done().at().locator(".question p")).hasText("What is a realm?");
            assertThat(shell.words()).hasValue("half a thought");
            shell.page().reload();
            assertThat(shell.page().locator("mtor-answer .question p"))
                    .hasText(new String[] {"What is a realm?", "And who are you?"});
            assertThat(shell.trouble()).isEmpty();
        }
    }

    private static void visit(Shell shell) {
        shell.page().locator("nav a[href='#history']").click();
        assertThat(shell.page().locator("mtor-history h2")).isVisible();
    }

    private static Locator past(Shell shell) {
        return shell.page().locator(".past li");
    }

    private static Locator refusal(Shell shell) {
        return shell.page().locator("mtor-history [role=alert]");
    }

    private static Locator button(Shell shell, String name) {
        return shell.page().locator("mtor-history button").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator edit(Shell.Answer answer) {
        return answer.at().locator(".question button");
    }

    private static void take(Shell shell, byte[] file) {
        shell.page()
                .locator("mtor-history input[type=file]")
                .setInputFiles(new FilePayload("mtor-history.json", "application/json", file));
    }

    private static byte[] picture(Locator answer) throws IOException {
        var link = answer.locator(".media figcaption a");
        assertThat(link).hasAttribute("download", Pattern.compile("mtor\\.png"));
        return Files.readAllBytes(answer.page().waitForDownload(link::click).path());
    }

    /** A file of one turn whose question is this text; its picture is none. */
    private static String hostile(String text, String more) {
        return """
                {"format":"mtor-history","version":1,"exported":"2026-01-01T00:00:00.000Z","turns":[{%s
                "guid":"0b5c6e3a-9c1d-4f62-8a57-2f9d3f1c7e10","at":1,"query_type":"imagine","query_text":"%s","attachments":[],
                "phase":"done","text":"%s","media":[{"media_type":"image/svg+xml","data":"PHN2ZyBvbmxvYWQ9cHduZWQucHVzaCgzKT4="}],
                "attempt":1,"synthetic":false,"worker_id":"%s","model":"%s"}]}
                """.formatted(more, text, text, text, text);
    }
}
