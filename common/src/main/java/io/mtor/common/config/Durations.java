// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class Durations {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", ChronoUnit.DAYS);
        UNITS.put("h", ChronoUnit.HOURS);
        UNITS.put("m", ChronoUnit.MINUTES);
        UNITS.put("s", ChronoUnit.SECONDS);
        UNITS.put("ms", ChronoUnit.MILLIS);
    }

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("not a duration: " + text);
        }
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
    }

    /** Writes a duration in the greatest unit that leaves no remainder, so that {@link #parse} reads it back. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            long size = unit.getValue().getDuration().toMillis();
            if (millis != 0 && millis % size == 0) {
                return millis / size + unit.getKey();
            }
        }
        return "0s";
    }
}
