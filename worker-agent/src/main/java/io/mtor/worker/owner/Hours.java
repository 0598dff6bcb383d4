// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

/**
 * A time of day in which the owner lets his machine work, as he writes it: {@code 22:00-07:00} for every day,
 * {@code mon-fri 18:00-23:00} or {@code sat 00:00-24:00} for some. A range over midnight belongs to the day on which it
 * begins.
 */
public record Hours(String text) {

    /** @throws IllegalArgumentException if it is not written so */
    public Hours {
        Span.parse(text);
    }

    Span span() {
        return Span.parse(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
