// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.GATEWAY;
import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import org.junit.jupiter.api.Test;

class AnswerLimitsTest {

    /** Ten characters, 100 bytes of media, 5 pieces, 3 ended answers of 2,000 bytes in all. */
    private static final WorkerLimits SMALL = new WorkerLimits(
            256, 1 << 18, 60_000, 10, 100, 5, 60_000, 2_000, 3, 120_000, 30_000, 5_000, 30_000, 1_000, 500, 2_000,
            1_000);

    private static Rig running() {
        var rig = new Rig(1, SMALL);
        return rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));
    }

    @Test
    void shouldStopAnAnswerThatIsTooLong() {
        // Given
        var rig = running();
        rig.turn(now -> rig.core.text(rig.run(), "0123456789", now));
        assertThat(rig.terminals()).isEmpty();

        // When
        rig.turn(now -> rig.core.text(rig.run(), "x", now));

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.FAILED);
        assertThat(rig.all(Effect.Stop.class)).hasSize(1);
    }

    @Test
    void shouldStopMediaThatAreTooLargePreviewsIncluded() {
        // Given
        var rig = running();
        Media preview = Media.whole("image/jpeg", Bytes.of(new byte[60]));
        rig.turn(now -> rig.core.progress(rig.run(), 1, 2, preview, now));
        assertThat(rig.terminals()).isEmpty();

        // When
        rig.turn(now -> rig.core.medium(rig.run(), preview, now));

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.FAILED);
    }

    @Test
    void shouldStopAnAnswerOfTooManyPieces() {
        // Given
        var rig = running();

        // When
        for (int i = 0; i < 8; i++) {
            rig.turn(now -> rig.core.text(1, "x", now));
        }

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.FAILED);
        assertThat(rig.terminals()).hasSize(1);
    }

    @Test
    void shouldForgetTheOldestEndedAnswersFirst() {
        // Given
        var rig = new Rig(1, SMALL);
        for (int i = 1; i <= 5; i++) {
            int n = i;
            rig.turn(now -> rig.core.assign(assign(chat(n, "hello")), now));
            rig.turn(now -> rig.core.completed(rig.run(), null, null, now));
        }
        rig.effects.clear();

        // When
        for (int i = 1; i <= 5; i++) {
            int n = i;
            rig.turn(now -> rig.core.probe(new WorkerBound.Probe(key(n), GATEWAY), now));
        }

        // Then
        assertThat(rig.atGateway(GatewayBound.UnknownIntent.class))
                .extracting(GatewayBound.UnknownIntent::key)
                .containsExactly(key(1), key(2));
        assertThat(rig.atGateway(GatewayBound.Alive.class)).hasSize(3);
    }

    @Test
    void shouldForgetAnEndedAnswerAfterItsTime() {
        // Given
        var rig = running();
        rig.turn(now -> rig.core.completed(rig.run(), null, null, now));

        // When
        rig.pass(60_200);

        // Then
        rig.effects.clear();
        rig.turn(now -> rig.core.probe(new WorkerBound.Probe(key(1), GATEWAY), now));
        assertThat(rig.atGateway(GatewayBound.UnknownIntent.class)).hasSize(1);
    }
}
