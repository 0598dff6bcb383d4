// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.history.History;
import io.mtor.bench.chaos.history.History.Event;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long users were without service, read from their histories. */
class RecoveryTest {

    private static final long MILLI = 1_000_000;
    private static final IntentId GUID = IntentId.random();

    private final History history = new History(GUID, true);

    private void at(long millis, Event event) {
        history.add(millis * MILLI, event);
    }

    private static Event accepted(String worker, int attempt) {
        return new Event.Heard(new ServerMessage.Accepted(GUID, new WorkerId(worker), null, attempt, null));
    }

    private static Event queued(int position) {
        return new Event.Heard(new ServerMessage.Queued(GUID, position, null));
    }

    @Test
    void shouldTakeTheTimeUntilAnotherWorkerAcceptedWhatTheDeadOneHad() {
        at(0, new Event.Sent());
        at(10, accepted("worker-1-abcd.sim-0", 1));
        at(450, accepted("worker-2-efgh.sim-0", 2));

        assertThat(Recovery.takenOver(List.of(history), "worker-1-", 100 * MILLI))
                .containsExactly(350.0);
        assertThat(Recovery.takenOver(List.of(history), "worker-2-", 100 * MILLI))
                .isEmpty();
    }

    @Test
    void shouldNotCountWhatHadEndedBefore() {
        at(0, new Event.Sent());
        at(10, accepted("worker-1-abcd.sim-0", 1));
        at(50, new Event.Heard(ServerMessage.Failure.of(GUID, io.mtor.common.protocol.ErrorCode.DEADLINE, "late")));

        assertThat(Recovery.takenOver(List.of(history), "worker-1-", 100 * MILLI))
                .isEmpty();
    }

    @Test
    void shouldTakeTheTimeOfTheLastIntentThatWasSentInVain() {
        at(1_500, new Event.Sent());
        at(2_300, accepted("worker-2-efgh.sim-0", 1));
        var prompt = new History(GUID, true);
        prompt.add(1_900 * MILLI, new Event.Sent());
        prompt.add(1_905 * MILLI, accepted("worker-2-efgh.sim-0", 1));

        assertThat(Recovery.workInVain(List.of(history, prompt), 1_000 * MILLI, 5_000 * MILLI))
                .isEqualTo(500.0);
    }

    @Test
    void shouldTakeTheLongestTimeUntilOneWasPlaced() {
        at(1_500, new Event.Sent());
        at(1_510, new Event.Heard(new ServerMessage.Ack(GUID, QueryType.CHAT, null)));
        at(2_100, new Event.Heard(new ServerMessage.Queued(GUID, null, null)));
        at(2_300, accepted("worker-2-efgh.sim-0", 1));
        var never = new History(GUID, true);
        never.add(3_000 * MILLI, new Event.Sent());
        var later = new History(GUID, true);
        later.add(6_000 * MILLI, new Event.Sent());

        assertThat(Recovery.longestUnplaced(List.of(history, later), 1_000 * MILLI, 5_000 * MILLI))
                .isEqualTo(800.0);
        assertThat(Recovery.longestUnplaced(List.of(history, never), 1_000 * MILLI, 5_000 * MILLI))
                .isEqualTo(2_000.0);
    }

    @Test
    void shouldNotTakeAnAcknowledgementForAResumedAnswer() {
        at(0, new Event.Sent());
        at(10, accepted("worker-1-abcd.sim-0", 1));
        at(120, new Event.Lost());
        at(200, new Event.Sent());
        at(210, new Event.Heard(new ServerMessage.Ack(GUID, QueryType.CHAT, null)));
        at(260, accepted("worker-1-abcd.sim-0", 1));

        assertThat(Recovery.resumed(List.of(history), 100 * MILLI, 2_000 * MILLI))
                .containsExactly(160.0);
    }

    @Test
    void shouldTakeTheTimeUntilOneThatWaitedIsToldAnew() {
        at(0, new Event.Sent());
        at(10, queued(3));
        at(600, queued(5));

        assertThat(Recovery.placed(List.of(history), 100 * MILLI)).containsExactly(500.0);
    }
}
