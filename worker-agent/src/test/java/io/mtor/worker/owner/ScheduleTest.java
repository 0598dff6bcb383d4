// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final List<ZoneId> ZONES = Stream.of(
                    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")
            .map(ZoneId::of)
            .toList();

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static Schedule schedule(String... hours) {
        return new Schedule(Stream.of(hours).map(Hours::new).toList(), BERLIN);
    }

    /** 2026-11-23 is a Monday. */
    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @Test
    void shouldAlwaysBeOpenWithoutHours() {
        assertThat(schedule().isOpen(at("2026-11-23T03:00"))).isTrue();
        assertThat(schedule().nextChange(at("2026-11-23T03:00"))).isEmpty();
    }

    @Test
    void shouldGoOverMidnight() {
        Schedule nights = schedule("22:00-07:00");

        assertThat(nights.isOpen(at("2026-11-23T21:59:59"))).isFalse();
        assertThat(nights.isOpen(at("2026-11-23T22:00"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-24T06:59:59"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-24T07:00"))).isFalse();
        assertThat(nights.nextChange(at("2026-11-24T07:00"))).contains(at("2026-11-24T22:00"));
    }

    @Test
    void shouldLetARangeOverMidnightBelongToTheDayOnWhichItBegins() {
        Schedule friday = schedule("fri 22:00-07:00");

        assertThat(friday.isOpen(at("2026-11-27T06:00"))).isFalse();
        assertThat(friday.isOpen(at("2026-11-27T23:00"))).isTrue();
        assertThat(friday.isOpen(at("2026-11-28T06:00"))).isTrue();
        assertThat(friday.isOpen(at("2026-11-28T23:00"))).isFalse();
        assertThat(friday.nextChange(at("2026-11-28T07:00"))).contains(at("2026-12-04T22:00"));
    }

    @Test
    void shouldKnowDaysRoundTheEndOfTheWeekAndWholeDays() {
        Schedule weekend = schedule("sat-mon 00:00-24:00");

        assertThat(weekend.isOpen(at("2026-11-23T23:59"))).isTrue();
        assertThat(weekend.isOpen(at("2026-11-24T00:00"))).isFalse();
        assertThat(weekend.nextChange(at("2026-11-21T12:00"))).contains(at("2026-11-24T00:00"));
    }

    @Test
    void shouldFollowTheClockOnTheWallWhenItIsChanged() {
        // Given: put on from 2 to 3 o'clock on 2026-03-29, put back from 3 to 2 on 2026-10-25.
        Schedule night = schedule("02:15-02:45");

        // Then: it does not come in spring, and twice in autumn.
        assertThat(night.nextChange(at("2026-03-28T12:00"))).contains(at("2026-03-30T02:15"));
        Instant first = at("2026-10-25T02:15");
        assertThat(night.isOpen(first)).isTrue();
        assertThat(night.isOpen(first.plus(Duration.ofMinutes(30)))).isFalse();
        assertThat(night.isOpen(first.plus(Duration.ofMinutes(60)))).isTrue();
        assertThat(night.nextChange(first.plus(Duration.ofMinutes(30)))).contains(first.plus(Duration.ofMinutes(60)));
    }

    @Test
    void shouldOpenByTheChangeOfTheClockItself() {
        // Given: at 2 o'clock it is 3 o'clock.
        Schedule morning = schedule("02:30-06:00");

        assertThat(morning.nextChange(at("2026-03-29T01:00"))).contains(at("2026-03-29T03:00"));
    }

    @RepeatedTest(60)
    void shouldAgreeWithALookAtEveryMinute(RepetitionInfo run) {
        // Given
        var random = new Random(run.getCurrentRepetition());
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        List<Hours> hours = Stream.generate(() -> hours(random))
                .limit(1 + random.nextInt(3))
                .toList();
        var schedule = new Schedule(hours, zone);
        Instant start = LocalDateTime.of(2026, 1 + random.nextInt(12), 1, 0, 0)
                .atZone(zone)
                .toInstant()
                .plus(Duration.ofMinutes(random.nextInt(31 * 24 * 60)));

        // When
        Instant change = schedule.nextChange(start).orElse(start.plus(Duration.ofDays(7)));

        // Then
        boolean open = schedule.isOpen(start);
        for (Instant each = start; each.isBefore(change); each = each.plus(Duration.ofMinutes(1))) {
            assertThat(schedule.isOpen(each))
                    .as("%s of %s at %s", zone, hours, each)
                    .isEqualTo(open);
        }
        if (schedule.nextChange(start).isPresent()) {
            assertThat(schedule.isOpen(change)).isNotEqualTo(open);
        }
    }

    private static Hours hours(Random random) {
        String days =
                switch (random.nextInt(3)) {
                    case 0 -> "";
                    case 1 -> DAYS.get(random.nextInt(7)) + " ";
                    default -> DAYS.get(random.nextInt(7)) + "-" + DAYS.get(random.nextInt(7)) + " ";
                };
        int from = random.nextInt(24 * 4);
        int to = (from + 1 + random.nextInt(24 * 4 - 1)) % (24 * 4);
        return new Hours(String.format("%s%02d:%02d-%02d:%02d", days, from / 4, from % 4 * 15, to / 4, to % 4 * 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "22-7",
                "22:00",
                "25:00-07:00",
                "22:60-07:00",
                "24:00-07:00",
                "foo 22:00-07:00",
                "22:00-22:00",
                "mon- 22:00-07:00",
                "22:00-07:00 mon"
            })
    void shouldNameWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> new Hours(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
