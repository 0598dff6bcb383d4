// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of the wall clock on some days of the week. One whose end is not behind its beginning ends on the next day.
 *
 * @param days on which it begins
 * @param to midnight is the end of the day
 */
record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    private static final Pattern TEXT =
            Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? )?(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");

    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    Span {
        days = Set.copyOf(days);
    }

    /** @throws IllegalArgumentException saying what was expected */
    static Span parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("hours must look like 22:00-07:00 or mon-fri 18:00-23:00: " + text);
        }
        LocalTime from = time(matcher.group(3), matcher.group(4), text, false);
        LocalTime to = time(matcher.group(5), matcher.group(6), text, true);
        if (from.equals(to) && !matcher.group(5).equals("24")) {
            throw new IllegalArgumentException(
                    "hours that begin and end at the same time are none; a whole day is 00:00-24:00: " + text);
        }
        return new Span(days(matcher.group(1), matcher.group(2), text), from, to);
    }

    private static LocalTime time(String hours, String minutes, String text, boolean isEnd) {
        int hour = Integer.parseInt(hours);
        int minute = Integer.parseInt(minutes);
        if (isEnd && hour == 24 && minute == 0) {
            return LocalTime.MIDNIGHT;
        }
        if (hour > 23 || minute > 59) {
            throw new IllegalArgumentException("hours are 00:00 to 23:59, or 24:00 for the end of a day: " + text);
        }
        return LocalTime.of(hour, minute);
    }

    private static Set<DayOfWeek> days(String first, String last, String text) {
        if (first == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        DayOfWeek day = day(first, text);
        DayOfWeek end = last == null ? day : day(last, text);
        Set<DayOfWeek> days = EnumSet.of(day);
        while (day != end) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    }

    private static DayOfWeek day(String name, String text) {
        int at = NAMES.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("days are mon, tue, wed, thu, fri, sat and sun: " + text);
        }
        return DayOfWeek.of(at + 1);
    }

    private boolean isOverMidnight() {
        return !from.isBefore(to);
    }

    /** Whether a clock that shows this stands in it. */
    boolean contains(LocalDateTime shown) {
        LocalTime time = shown.toLocalTime();
        boolean begins = days.contains(shown.getDayOfWeek());
        if (!isOverMidnight()) {
            return begins && !time.isBefore(from) && time.isBefore(to);
        }
        boolean began = days.contains(shown.getDayOfWeek().minus(1));
        return (begins && !time.isBefore(from)) || (began && time.isBefore(to));
    }

    /** The clock's marks of the one that begins on this day: beginning and end; none if it does not. */
    List<LocalDateTime> marks(LocalDate day) {
        return days.contains(day.getDayOfWeek())
                ? List.of(day.atTime(from), (isOverMidnight() ? day.plusDays(1) : day).atTime(to))
                : List.of();
    }
}
