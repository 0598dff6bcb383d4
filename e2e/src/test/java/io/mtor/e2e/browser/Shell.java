// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The page as a person uses it: what can be read, pressed and typed, and whatever went wrong behind it. */
final class Shell implements AutoCloseable {

    /** Remembers what the policy forbade, and offers hostile texts something to call. */
    private static final String WATCH = """
            window.violations = [];
            window.pwned = [];
            document.addEventListener("securitypolicyviolation", (event) =>
              window.violations.push(event.violatedDirective + " " + event.blockedURI));
            """;

    private final BrowserContext context;
    private final Page page;
    private final List<Response> responses = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> dialogs = new CopyOnWriteArrayList<>();

    Shell(BrowserContext context, URI realm) {
        this.context = context;
        context.addInitScript(WATCH);
        this.page = context.newPage();
        page.onResponse(responses::add);
        page.onPageError(trouble::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("WebSocket connection to")) {
                trouble.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        page.navigate(realm.toString());
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Shell connected() {
        assertThat(page.locator("mtor-status .link")).containsText("Connected");
        return this;
    }

    /** Types and presses Enter. */
    Answer ask(String text) {
        int before = answers();
        words().fill(text);
        words().press("Enter");
        assertThat(page.locator("mtor-answer")).hasCount(before + 1);
        return answer(before);
    }

    /** Chooses the kind of work, as one does: by its label. */
    Shell kind(String name) {
        page.locator("fieldset.kinds label")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first()
                .click();
        return this;
    }

    Locator words() {
        return page.locator("#words");
    }

    /** The one button that sends or stops. */
    Locator mainButton() {
        return page.locator("mtor-composer button.main");
    }

    Locator workers() {
        return page.locator("mtor-workers li.worker");
    }

    private int answers() {
        return page.locator("mtor-answer").count();
    }

    Answer answer(int index) {
        return new Answer(page.locator("mtor-answer").nth(index));
    }

    Answer lastAnswer() {
        return answer(answers() - 1);
    }

    /** One question and its answer. */
    record Answer(Locator at) {

        Locator words() {
            return at.locator(".words");
        }

        Locator state() {
            return at.locator(".answer > .state");
        }

        Answer done() {
            assertThat(at.locator(".answer.done")).isVisible();
            return this;
        }

        String text() {
            return words().textContent();
        }
    }

    /** Everything that was fetched, in order. */
    List<Response> responses() {
        return responses;
    }

    /** Uncaught exceptions and errors on the console. */
    List<String> trouble() {
        return trouble;
    }

    /** Everything that a hostile text may have brought about. */
    List<String> harm() {
        List<String> harm = new ArrayList<>(dialogs);
        harm.addAll(strings("window.pwned"));
        harm.addAll(strings("window.violations"));
        return harm;
    }

    private List<String> strings(String expression) {
        return ((List<?>) page.evaluate(expression))
                .stream().map(String::valueOf).toList();
    }

    /** How far the page can be scrolled sideways, in pixels. */
    int sidewaysScroll() {
        return ((Number) page.evaluate("""
                        Math.max(...[document.scrollingElement, ...document.querySelectorAll("main, nav, .view, mtor-log, mtor-workers, mtor-composer, .menu")]
                          .map((each) => each.scrollWidth - each.clientWidth))
                        """)).intValue();
    }

    @Override
    public void close() {
        context.close();
    }
}
