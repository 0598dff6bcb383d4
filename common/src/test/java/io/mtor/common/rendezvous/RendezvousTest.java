// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final List<String> CANDIDATES =
            IntStream.range(0, 8).mapToObj(i -> "dispatcher-" + i).toList();

    @Test
    void shouldNameNobodyWhereNobodyIs() {
        assertThat(Rendezvous.owner("realm", List.of())).isEmpty();
    }

    @Test
    void shouldNameTheSameOwnerInAnyOrder() {
        var shuffled = new ArrayList<>(CANDIDATES);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(Rendezvous.owner("realm", shuffled)).isEqualTo(Rendezvous.owner("realm", CANDIDATES));
    }

    @Test
    void shouldMoveOnlyWhatTheLeaverOwned() {
        String leaver = CANDIDATES.get(3);
        var rest = CANDIDATES.stream().filter(c -> !c.equals(leaver)).toList();

        for (int i = 0; i < 1_000; i++) {
            String before = Rendezvous.owner("key-" + i, CANDIDATES).orElseThrow();
            String after = Rendezvous.owner("key-" + i, rest).orElseThrow();

            assertThat(before.equals(leaver) || before.equals(after)).isTrue();
        }
    }

    @Test
    void shouldShareKeysEvenly() {
        Map<String, Integer> owned = new HashMap<>();
        for (int i = 0; i < 8_000; i++) {
            owned.merge(Rendezvous.owner("key-" + i, CANDIDATES).orElseThrow(), 1, Integer::sum);
        }

        assertThat(owned.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }
}
