// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import com.microsoft.playwright.options.ColorScheme;

/** What the browser looks like: its window, theme and language. */
record Looks(int width, int height, ColorScheme scheme, String locale, double scale) {

    static final Looks DESKTOP = new Looks(1440, 900, ColorScheme.DARK, "en-US", 1);

    Looks sized(int width, int height) {
        return new Looks(width, height, scheme, locale, scale);
    }

    Looks in(ColorScheme scheme) {
        return new Looks(width, height, scheme, locale, scale);
    }

    Looks speaking(String locale) {
        return new Looks(width, height, scheme, locale, scale);
    }

    Looks scaled(double scale) {
        return new Looks(width, height, scheme, locale, scale);
    }
}
