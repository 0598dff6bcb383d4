// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import org.junit.jupiter.api.Test;

/** A worker whose owner wants his machine. */
class PauseTest {

    private static Rig working() {
        var rig = new Rig(2);
        return rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));
    }

    @Test
    void shouldTakeNothingNewAndSaySoAtOnce() {
        var rig = working();

        rig.turn(now -> rig.core.pause(5_000, now)).turn(now -> rig.core.assign(assign(chat(2, "late")), now));

        assertThat(rig.all(Effect.Announce.class)).hasSize(1);
        assertThat(rig.atDispatcher())
                .contains(new Refused(Rig.WORKER, new Load(2, 1, true), key(2), 1, Reason.DRAINING));
    }

    @Test
    void shouldLetWhatRunsEndInItsTimeAndThenRest() {
        var rig = working();
        rig.turn(now -> rig.core.pause(5_000, now)).pass(4_900);
        assertThat(rig.all(Effect.Rested.class)).isEmpty();

        rig.turn(now -> rig.core.completed(rig.run(), null, null, now)).pass(1_000);

        assertThat(rig.atGateway(GatewayBound.Completed.class)).hasSize(1);
        assertThat(rig.all(Effect.Rested.class)).hasSize(1);
        assertThat(rig.core.isResting()).isTrue();
    }

    @Test
    void shouldHandOverWhatTakesLonger() {
        var rig = working();

        rig.turn(now -> rig.core.pause(5_000, now)).pass(5_000);

        assertThat(rig.failure()).isEqualTo(Cause.HANDED_BACK);
        assertThat(rig.all(Effect.Stop.class)).hasSize(1);
        assertThat(rig.all(Effect.Rested.class)).hasSize(1);
    }

    @Test
    void shouldRestAtOnceWithNothingToDo() {
        var rig = new Rig(2);

        rig.turn(now -> rig.core.pause(5_000, now)).turn(now -> rig.core.pause(1_000, now));

        assertThat(rig.all(Effect.Rested.class)).hasSize(1);
        assertThat(rig.all(Effect.Announce.class)).hasSize(1);
    }

    @Test
    void shouldTakeWorkAgain() {
        var rig = working();

        rig.turn(now -> rig.core.pause(5_000, now))
                .turn(now -> rig.core.unpause())
                .turn(now -> rig.core.assign(assign(chat(2, "again")), now))
                .pass(10_000);

        assertThat(rig.atGateway(GatewayBound.Failed.class)).isEmpty();
        assertThat(rig.core.load()).isEqualTo(new Load(2, 2, false));
    }

    @Test
    void shouldStayPausedWhateverAnOperatorWishes() {
        var rig = working();

        rig.turn(now -> rig.core.pause(5_000, now)).turn(now -> rig.core.setAside(false));
        assertThat(rig.core.load().draining()).isTrue();

        rig.turn(now -> rig.core.setAside(true)).turn(now -> rig.core.unpause());
        assertThat(rig.core.load().draining()).isTrue();
    }

    @Test
    void shouldLeaveAllTheSameWhenItIsTold() {
        var rig = working();

        rig.turn(now -> rig.core.pause(5_000, now))
                .turn(now -> rig.core.drain(1_000, now))
                .pass(1_000);

        assertThat(rig.all(Effect.Drained.class)).hasSize(1);
        rig.turn(now -> rig.core.unpause());
        assertThat(rig.core.load().draining()).isTrue();
    }

    @Test
    void shouldTellOfEachAttemptOnceThatItIsOver() {
        var rig = working();
        rig.turn(now -> rig.core.assign(assign(chat(2, "second")), now));

        rig.turn(now -> rig.core.completed(1, null, null, now))
                .turn(now -> rig.core.pause(0, now))
                .pass(1_000);

        assertThat(rig.all(Effect.Over.class))
                .containsExactly(new Effect.Over(1, null), new Effect.Over(2, Cause.HANDED_BACK));
    }
}
