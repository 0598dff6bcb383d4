// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.QueryType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class JournalTest {

    private final Journal journal = new Journal(ZoneId.of("UTC"));

    private Instant now = Instant.parse("2026-11-23T23:59:00Z");

    @Test
    void shouldCountByTypeAndFailuresByCause() {
        // Given
        for (int i = 0; i < 5; i++) {
            journal.began(QueryType.CHAT, now);
        }
        journal.began(QueryType.SPEAK, now);

        // When
        journal.over("ollama", QueryType.CHAT, null, now);
        journal.over("ollama", QueryType.CHAT, Cause.CANCELLED, now);
        journal.over("ollama", QueryType.CHAT, Cause.FAILED, now);
        journal.over("ollama", QueryType.CHAT, Cause.FAILED, now.plusSeconds(1));

        // Then
        Journal.Page page = journal.page(now);
        assertThat(page.lines())
                .containsExactly(
                        new Journal.Line(QueryType.CHAT, 1, 1, 1, 2), new Journal.Line(QueryType.SPEAK, 1, 0, 0, 0));
        assertThat(page.failures())
                .containsExactly(new Journal.Failure("ollama", QueryType.CHAT, Cause.FAILED, 2, now.plusSeconds(1)));
        assertThat(journal.running()).isEqualTo(2);
        assertThat(journal.jobsToday(now)).isEqualTo(6);
    }

    @Test
    void shouldBeginEachDayAnewWithWhatRuns() {
        // Given
        journal.began(QueryType.CHAT, now);
        journal.began(QueryType.SPEAK, now);
        journal.over("piper", QueryType.SPEAK, Cause.GONE, now);
        journal.power(100, now);

        // When
        now = now.plusSeconds(61);

        // Then
        Journal.Page page = journal.page(now);
        assertThat(page.day()).isEqualTo(LocalDate.parse("2026-11-24"));
        assertThat(page.lines()).containsExactly(new Journal.Line(QueryType.CHAT, 1, 0, 0, 0));
        assertThat(page.failures()).isEmpty();
        assertThat(page.wattHours()).isZero();
        assertThat(journal.jobsToday(now)).isZero();
    }

    @Test
    void shouldAddUpPowerOnlyWhereItIsKnown() {
        assertThat(journal.page(now).wattHours()).isNull();

        journal.power(300, now);
        journal.power(360, now.plusSeconds(10));
        journal.power(360, now.plusSeconds(40));
        journal.power(360, now.plusSeconds(30));

        assertThat(journal.page(now).wattHours()).isEqualTo(1.0, within(1e-9));
    }
}
