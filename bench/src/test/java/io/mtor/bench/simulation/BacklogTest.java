// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Host CHATS = new Host("a", 2, List.of(QueryType.CHAT), Trust.OWN, 1);
    private static final Host PAINTS = new Host("b", 4, List.of(QueryType.CHAT, QueryType.IMAGINE), Trust.OWN, 2);

    private static Wish wish(QueryType type, long at, long work) {
        return new Wish(at, at, "ada", type, work, 1, 60_000, Wish.Manner.PLAIN);
    }

    private static Backlog after(Stream<Wish> wishes) {
        return new Backlog(List.of(CHATS, PAINTS), wishes.toList());
    }

    @Test
    void shouldBeWorkedOffByEveryHostThatServesIt() {
        // Ten at once with a second each, for hosts that do four of them a second
        Backlog crowd = after(LongStream.range(0, 10).mapToObj(i -> wish(QueryType.CHAT, 0, 1_000)));

        assertThat(crowd.waitMillis(wish(QueryType.CHAT, 1_500, 1))).isEqualTo(1_000);
        assertThat(crowd.waitMillis(wish(QueryType.CHAT, 2_500, 1))).isZero();
    }

    @Test
    void shouldHoldUpOnlyWhoNeedsTheSameHosts() {
        Backlog pictures = after(LongStream.range(0, 10).mapToObj(i -> wish(QueryType.IMAGINE, 0, 1_000)));

        assertThat(pictures.waitMillis(wish(QueryType.IMAGINE, 1_000, 1))).isEqualTo(4_000);
        assertThat(pictures.waitMillis(wish(QueryType.IMAGINE, 5_000, 1))).isZero();
        assertThat(pictures.waitMillis(wish(QueryType.CHAT, 2_500, 1))).isZero();
    }

    @Test
    void shouldNotStoreWhatNobodyNeeded() {
        Backlog steady = after(LongStream.range(0, 100).mapToObj(i -> wish(QueryType.CHAT, i * 1_000, 3_600)));

        assertThat(steady.waitMillis(wish(QueryType.CHAT, 50_000, 1))).isZero();
        assertThat(steady.waitMillis(wish(QueryType.CHAT, 50_500, 1))).isEqualTo(400);
    }
}
