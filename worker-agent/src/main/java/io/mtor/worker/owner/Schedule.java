// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When the owner lets his machine work. What counts is what a clock on the wall shows: when it is put back, an hour comes
 * twice, when it is put on, an hour does not come.
 */
final class Schedule {

    /** A week, and the days around it. */
    private static final int DAYS = 9;

    private final List<Hours> hours;

    private final List<Span> spans;

    private final ZoneId zone;

    /** @param hours none of them means always */
    Schedule(List<Hours> hours, ZoneId zone) {
        this.hours = List.copyOf(hours);
        this.spans = hours.stream().map(Hours::span).toList();
        this.zone = zone;
    }

    boolean isOpen(Instant now) {
        LocalDateTime shown = LocalDateTime.ofInstant(now, zone);
        return spans.isEmpty() || spans.stream().anyMatch(span -> span.contains(shown));
    }

    /** When {@link #isOpen} changes next, within a week; nothing if it never does. */
    Optional<Instant> nextChange(Instant now) {
        boolean open = isOpen(now);
        return marks(now).tailSet(now, false).stream()
                .filter(mark -> isOpen(mark) != open)
                .findFirst();
    }

    /** Every moment of the next days at which a range begins or ends, or the clock is changed. */
    private NavigableSet<Instant> marks(Instant now) {
        ZoneRules rules = zone.getRules();
        LocalDate first = LocalDate.ofInstant(now, zone).minusDays(1);
        var marks = new TreeSet<Instant>();
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = first.plusDays(i);
            for (Span span : spans) {
                for (LocalDateTime mark : span.marks(day)) {
                    for (ZoneOffset offset : rules.getValidOffsets(mark)) {
                        marks.add(mark.toInstant(offset));
                    }
                }
            }
        }
        ZoneOffsetTransition transition = rules.nextTransition(now);
        if (transition != null) {
            marks.add(transition.getInstant());
        }
        return marks;
    }

    @Override
    public String toString() {
        return hours.stream().map(Hours::text).collect(Collectors.joining(", "));
    }
}
