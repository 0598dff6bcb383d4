// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineTest {

    private static @Nullable Duration idle(Presence... presences) {
        return new Machine(List.of(), () -> false, List.of(presences))
                .sense(Instant.EPOCH)
                .idle();
    }

    @Test
    void shouldCountWhatWasTouchedLast() {
        assertThat(idle(now -> Duration.ofMinutes(9), now -> null, now -> Duration.ofMinutes(2)))
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void shouldKnowNothingWhereNobodyTells() {
        assertThat(idle()).isNull();
        assertThat(idle(now -> null)).isNull();
    }
}
