// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does the page suit everybody, as it is now? With {@code -Dmtor.looks=FOLDER} each state is also photographed in each of
 * its looks, for people to look at.
 */
final class Accessibility {

    private static final int HEIGHT = 800;

    /** More of a long page is not photographed. */
    private static final int MAX_HIDDEN = 3_200;

    private static final List<Integer> WIDTHS = List.of(320, 390, 820, 1440);

    private static final @Nullable String LOOKS = System.getProperty("mtor.looks");

    private Accessibility() {}

    /** Where contrast counts most: on a phone and on a desktop. */
    private static final List<Integer> CONTRAST_WIDTHS = List.of(390, 1440);

    /**
     * At every width and in both themes: no violation known to axe, nothing to scroll sideways. In the theme of high
     * contrast, words must stand out as WCAG's level AAA asks.
     */
    static void suitsEverybody(Shell shell, String state) {
        var page = shell.page();
        suitsBothThemes(shell, state);
        Object theme = page.evaluate("document.documentElement.dataset.theme");
        page.evaluate("document.documentElement.dataset.theme = 'contrast'");
        for (int width : CONTRAST_WIDTHS) {
            page.setViewportSize(width, HEIGHT);
            photograph(page, state + " at " + width + " px, CONTRAST");
            assertThat(strict(page).analyze().getViolations())
                    .as(state + " at " + width + " px, high contrast")
                    .extracting(Accessibility::told)
                    .isEmpty();
        }
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme);
    }

    /** The same without the theme of high contrast, for a page that has none. */
    static void suitsBothThemes(Shell shell, String state) {
        var page = shell.page();
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : WIDTHS) {
                page.setViewportSize(width, HEIGHT);
                String where = state + " at " + width + " px, " + scheme;
                assertThat(shell.sidewaysScroll())
                        .as(where + ": sideways scroll")
                        .isLessThanOrEqualTo(0);
                photograph(page, where);
                assertThat(new AxeBuilder(page).analyze().getViolations())
                        .as(where)
                        .extracting(Accessibility::told)
                        .isEmpty();
            }
        }
    }

    /** All of it: the window is made as high as what scrolls in it. */
    private static void photograph(Page page, String where) {
        if (LOOKS == null) {
            return;
        }
        int hidden = (Integer)
                page.evaluate(
                        "Math.max(...[...document.querySelectorAll('*')].map((each) => each.scrollHeight - each.clientHeight))");
        int width = page.viewportSize().width;
        page.setViewportSize(width, HEIGHT + Math.min(hidden, MAX_HIDDEN));
        String name = where.replaceAll("[^A-Za-z0-9]+", "-");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(LOOKS, name + ".png")));
        page.setViewportSize(width, HEIGHT);
    }

    private static AxeBuilder strict(Page page) {
        var enhanced = new AxeRuleOptions();
        enhanced.setEnabled(true);
        var options = new AxeRunOptions();
        options.setRules(Map.of("color-contrast-enhanced", enhanced));
        return new AxeBuilder(page).options(options);
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
