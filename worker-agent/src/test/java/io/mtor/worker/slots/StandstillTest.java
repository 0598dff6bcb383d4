// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound.Assign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was stopped wakes up: its timer and what lies in its buffers come in any order. */
class StandstillTest {

    private static final int EVENTS = 6;

    private final Rig rig = new Rig(30);

    private int assigned;

    private void tick() {
        rig.turn(rig.core::tick);
    }

    private void assignNext(long ttlMillis) {
        Assign plain = assign(chat(++assigned, "hello"));
        rig.turn(now -> rig.core.assign(
                new Assign(plain.intent(), plain.gateway(), plain.dispatcher(), 1, ttlMillis, 0, 0), now));
    }

    private long started() {
        return rig.all(Effect.Start.class).size();
    }

    private long refused() {
        return rig.atDispatcher().stream()
                .filter(each -> each instanceof Refused refused && refused.reason() == Reason.NO_FREE_SLOT)
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {2_500, 3_000, 12_000, 60_000})
    void shouldBeginNothingOfWhatItFindsInItsBuffersInAnyOrder(long stopped) {
        for (int order = 0; order < 1 << EVENTS; order++) {
            var test = new StandstillTest();
            test.rig.pass(1_000);
            test.rig.now += stopped;
            for (int each = 0; each < EVENTS; each++) {
                test.rig.now += each * 7;
                if ((order >> each & 1) == 0) {
                    test.tick();
                } else {
                    test.assignNext(600_000);
                }
            }
            assertThat(test.started()).as("order %d", order).isZero();
            assertThat(test.refused()).as("order %d", order).isEqualTo(Integer.bitCount(order));
            boolean ticked = order != (1 << EVENTS) - 1;
            assertThat(test.rig.all(Effect.Overslept.class)).hasSize(ticked ? 1 : 0);
        }
    }

    @Test
    void shouldTakeWorkAgainOnceItHasSettled() {
        rig.pass(1_000);
        rig.now += 12_000;
        tick();

        rig.pass(900);
        assignNext(60_000);
        assertThat(started()).isZero();

        rig.pass(100);
        assignNext(60_000);
        assertThat(started()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotBeginWhatMayBeTooLateAfterAShortStandstill(boolean tickFirst) {
        rig.pass(1_000);
        rig.now += 1_000;
        if (tickFirst) {
            tick();
        }

        assignNext(900);
        assignNext(60_000);

        assertThat(rig.failure()).isEqualTo(Cause.DEADLINE);
        assertThat(started()).isOne();
    }

    @Test
    void shouldNotForgetTheFirstOfTwoStandstills() {
        rig.pass(1_000);
        rig.now += 3_000;
        tick();
        rig.now += 700;

        assignNext(60_000);
        tick();
        assignNext(60_000);

        assertThat(rig.all(Effect.Overslept.class)).hasSize(2);
        assertThat(started()).isZero();
    }

    @Test
    void shouldAnswerWhatItRunsWhileItSettles() {
        rig.pass(1_000);
        assignNext(60_000);
        rig.now += 3_000;
        tick();
        rig.effects.clear();

        assigned--;
        assignNext(60_000);

        assertThat(rig.atGateway()).hasSize(1);
        assertThat(refused()).isZero();
    }
}
