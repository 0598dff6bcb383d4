// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.GATEWAY;
import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.detached;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.worker.testing.Intents;
import org.junit.jupiter.api.Test;

/** What silence and time do to an intent. */
class PatienceTest {

    private static Rig running(int slots) {
        var rig = new Rig(slots);
        return rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));
    }

    private static Reason refusal(Rig rig) {
        return rig.atDispatcher().stream()
                .filter(DispatcherBound.Refused.class::isInstance)
                .map(each -> ((DispatcherBound.Refused) each).reason())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldStopAtTheDeadline() {
        // Given
        var rig = new Rig(1);
        rig.turn(now -> rig.core.assign(new Assign(chat(1, "a"), GATEWAY, Intents.DISPATCHER, 1, 1_000, 0, 0), now));

        // When
        rig.pass(1_000);

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.DEADLINE);
    }

    @Test
    void shouldNotBeginWhatIsTooLateAlready() {
        // Given
        var rig = new Rig(1);

        // When
        rig.turn(now -> rig.core.assign(new Assign(chat(1, "a"), GATEWAY, Intents.DISPATCHER, 1, 0, 0, 0), now));

        // Then
        assertThat(rig.all(Effect.Start.class)).isEmpty();
        assertThat(rig.failure()).isEqualTo(Cause.DEADLINE);
        assertThat(rig.core.load().free()).isEqualTo(1);
    }

    @Test
    void shouldNotBeginWhatMayHaveWaitedWhileTheProcessStoodStill() {
        // Given
        var rig = new Rig(2);
        rig.pass(100);

        // When
        rig.now += 1_500;
        rig.turn(now -> rig.core.assign(new Assign(chat(1, "a"), GATEWAY, Intents.DISPATCHER, 1, 1_400, 0, 0), now));
        rig.now += 1_500;
        rig.turn(now -> rig.core.assign(assign(chat(2, "b")), now));

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.DEADLINE);
        assertThat(refusal(rig)).isEqualTo(Reason.NO_FREE_SLOT);
        assertThat(rig.all(Effect.Start.class)).isEmpty();
        rig.turn(rig.core::tick);
        assertThat(rig.all(Effect.Overslept.class)).containsExactly(new Effect.Overslept(3_000));
    }

    @Test
    void shouldCallASilentModelServerHung() {
        // Given
        var rig = new Rig(1);
        rig.turn(now -> rig.core.assign(new Assign(chat(1, "a"), GATEWAY, Intents.DISPATCHER, 1, 600_000, 0, 0), now));
        rig.pass(119_000).turn(now -> rig.core.text(rig.run(), "a", now));

        // When
        rig.pass(29_000);
        assertThat(rig.terminals()).isEmpty();
        rig.pass(1_200);

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.FAILED);
        assertThat(rig.all(Effect.Stop.class)).hasSize(1);
    }

    @Test
    void shouldGoOnForAWhileWhenItsGatewayIsGoneAndLongerIfDetached() {
        // Given
        var rig = new Rig(2);
        rig.turn(now -> rig.core.assign(assign(chat(1, "a")), now))
                .turn(now -> rig.core.assign(assign(detached(chat(2, "b"))), now));
        rig.core.hear(new Announcement.GatewayLeft(GATEWAY), rig.now);

        // When
        rig.pass(29_900, false);
        assertThat(rig.terminals()).isEmpty();
        rig.pass(200, false);

        // Then
        assertThat(rig.terminals()).singleElement().satisfies(each -> assertThat(each.key())
                .isEqualTo(key(1)));
    }

    @Test
    void shouldKnowAGatewayThatFellSilentOrWhoseNodeLeftAsGone() {
        // Given
        var silent = running(1);
        var nodeLess = running(1);
        nodeLess.core.hear(new Announcement.GatewayAnnouncement(GATEWAY, "n1", 0), nodeLess.now);

        // When
        silent.pass(35_200, false);
        nodeLess.core.nodeLeft("n1", nodeLess.now);
        nodeLess.pass(30_100, false);

        // Then
        assertThat(silent.failure()).isEqualTo(Cause.CANCELLED);
        assertThat(nodeLess.failure()).isEqualTo(Cause.CANCELLED);
    }
}
