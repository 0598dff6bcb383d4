// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.IntentKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker that an operator has set aside, which is not one that leaves. */
class SetAsideTest {

    private static Rig aside() {
        var rig = new Rig(2);
        return rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now)).turn(now -> rig.core.setAside(true));
    }

    private static List<Refused> refused(Rig rig) {
        return rig.atDispatcher().stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .toList();
    }

    private static List<IntentKey> accepted(Rig rig) {
        return rig.atGateway(GatewayBound.Accepted.class).stream()
                .map(GatewayBound.Accepted::key)
                .toList();
    }

    @Test
    void shouldSayAtOnceThatItTakesNothing() {
        var rig = aside();

        assertThat(rig.all(Effect.Announce.class)).hasSize(1);
        assertThat(rig.core.load()).isEqualTo(new Load(2, 1, true));
    }

    @Test
    void shouldHandBackWhatWasOnItsWay() {
        var rig = aside();

        rig.turn(now -> rig.core.assign(assign(chat(2, "late")), now));

        assertThat(refused(rig))
                .containsExactly(new Refused(Rig.WORKER, new Load(2, 1, true), key(2), 1, Reason.DRAINING));
    }

    @Test
    void shouldGiveWhatRunsAllItsTimeAndNeverEnd() {
        var rig = aside();

        rig.pass(20_000);
        rig.turn(now -> rig.core.completed(1, null, null, now)).pass(1_000);

        assertThat(rig.atGateway(GatewayBound.Completed.class)).hasSize(1);
        assertThat(rig.atGateway(GatewayBound.Failed.class)).isEmpty();
        assertThat(rig.all(Effect.Drained.class)).isEmpty();
    }

    @Test
    void shouldTakeWorkAgainWhenItIsTakenBack() {
        var rig = aside();

        rig.turn(now -> rig.core.setAside(false)).turn(now -> rig.core.assign(assign(chat(2, "again")), now));

        assertThat(accepted(rig)).containsExactly(key(1), key(2));
        assertThat(rig.core.load()).isEqualTo(new Load(2, 2, false));
    }

    @Test
    void shouldAnswerEachWishSinceTheAnswerBeforeMayBeLost() {
        var rig = aside();

        rig.turn(now -> rig.core.setAside(true));

        assertThat(rig.all(Effect.Announce.class)).hasSize(2);
    }

    @Test
    void shouldLeaveAllTheSameWhenItIsTold() {
        var rig = aside();

        rig.turn(now -> rig.core.drain(1_000, now)).pass(1_000);

        assertThat(rig.failure()).isEqualTo(GatewayBound.Cause.HANDED_BACK);
        assertThat(rig.all(Effect.Drained.class)).hasSize(1);
    }

    @Test
    void shouldNotComeBackFromLeaving() {
        var rig = aside();

        rig.turn(now -> rig.core.drain(60_000, now)).turn(now -> rig.core.setAside(false));

        assertThat(rig.core.load().draining()).isTrue();
    }
}
