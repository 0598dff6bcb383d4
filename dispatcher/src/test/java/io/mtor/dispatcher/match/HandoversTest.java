// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Load;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoversTest {

    private static final WorkerId WORKER = new WorkerId("a");

    private final Handovers handovers = new Handovers(new Fleet(Caution.DEFAULT));

    @Test
    void shouldForgetTheOldestWhereThereAreTooMany() {
        for (int i = 0; i < Handovers.MAX + 5; i++) {
            handovers.note(new Ticket(Intents.chat(i).place(), 0, i), WORKER, 0);
        }

        assertThat(handovers.size()).isEqualTo(Handovers.MAX);
    }

    private static final Intents INTENT = Intents.chat(1);

    private static final long SECOND = 1_000_000_000;

    private static Fleet with(String worker) {
        var fleet = new Fleet(Caution.DEFAULT);
        fleet.announced(Workers.announcement(worker, 1, new Load(1, 0, false), Workers.offers("chat")), 0);
        return fleet;
    }

    private final Handovers known = new Handovers(with("a"));

    private List<WorkerId> silent(long now) {
        return known.silent(now).stream().map(Worker::id).toList();
    }

    private void note() {
        known.note(new Ticket(INTENT.place(), 0, 1), WORKER, 0);
    }

    @Test
    void shouldNameOnceTheWorkerThatWasGivenUp() {
        note();
        known.asked(INTENT.place(), 0);
        known.asked(INTENT.attempt(2).place(), 0);
        assertThat(silent(9 * SECOND)).isEmpty();

        known.asked(INTENT.attempt(2, "a").place(), 10 * SECOND);

        assertThat(silent(11 * SECOND - 1)).isEmpty();
        assertThat(silent(11 * SECOND)).containsExactly(WORKER);
        known.asked(INTENT.attempt(2, "a").place(), 11 * SECOND);
        assertThat(silent(20 * SECOND)).isEmpty();
    }

    /** Both news are on their way at once. */
    @Test
    void shouldNotBlameAWorkerThatHasEndedItBeforeOrAMomentAfter() {
        note();
        known.ended(INTENT.key(), WORKER);
        known.asked(INTENT.attempt(2, "a").place(), 0);
        assertThat(silent(9 * SECOND)).isEmpty();

        note();
        known.asked(INTENT.attempt(2, "a").place(), 10 * SECOND);
        known.ended(INTENT.key(), WORKER);
        assertThat(silent(20 * SECOND)).isEmpty();
    }

    @Test
    void shouldNotTakeTheWordOfAnotherWorkerForIt() {
        note();
        known.asked(INTENT.attempt(2, "a").place(), 0);
        known.ended(INTENT.key(), new WorkerId("b"));

        assertThat(silent(SECOND)).containsExactly(WORKER);
    }

    @Test
    void shouldForgetWhatIsLongAgo() {
        handovers.note(new Ticket(Intents.chat(1).place(), 0, 1), WORKER, 0);
        handovers.note(new Ticket(Intents.chat(2).place(), 0, 2), WORKER, 181_000_000_000L);

        assertThat(handovers.size()).isEqualTo(1);
    }
}
