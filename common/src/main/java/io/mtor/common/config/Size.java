// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 512B}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}.
 *
 * @param bytes how many; never negative
 */
public record Size(long bytes) implements Comparable<Size> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB)");

    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is never negative: " + bytes);
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is no size
     */
    public static Size parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        try {
            return new Size(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift(matcher.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large: " + text, e);
        }
    }

    /** This size as an {@code int}, for APIs that count bytes so; at most 2 GiB - 1. */
    public int toInt() {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(Size other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long factor = 1L << shift(unit);
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "B" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> throw new IllegalArgumentException("no unit: " + unit);
        };
    }
}
