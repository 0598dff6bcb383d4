// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import static io.mtor.dispatcher.testing.Intents.chat;
import static io.mtor.dispatcher.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.queue.Demand;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final long SECOND = 1_000_000_000L;

    private final Fleet fleet = new Fleet(Caution.DEFAULT);
    private long arrivals;

    @Test
    void shouldPickTheWorkerOfFewestQueryTypes() {
        join(worker("all", 4, "chat", "vision", "imagine"));
        join(worker("two", 2, "chat", "vision"));
        join(worker("one", 1, "chat"));

        assertThat(picks(4)).containsExactly("one", "two", "two", "all");
    }

    @Test
    void shouldPickTheMostFreeAndAmongEqualsTheLeastRecentlyUsed() {
        join(worker("a", 2, "chat"));
        join(worker("b", 3, "chat"));
        join(worker("c", 2, "chat"));

        assertThat(picks(7)).containsExactly("b", "a", "c", "b", "a", "c", "b");
    }

    @Test
    void shouldSpreadOverWorkersThatHaveDifferentModels() {
        join(worker("a", 2, "chat:llama:own-a"));
        join(worker("b", 2, "chat:llama:own-b"));

        assertThat(picks(4)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void shouldLearnWhoIsFastAndNotForgetItWhenOffersChange() {
        Worker slow = join(worker("slow", 1, "chat"));
        Worker fast = join(worker("fast", 1, "chat"));
        for (int i = 0; i < 40; i++) {
            fleet.learn(slow, ended(4_000), 0);
            fleet.learn(fast, ended(500), 0);
        }
        assertThat(picks(1)).containsExactly("fast");

        join(worker("fast", 2, "chat:new-model"));
        join(worker("slow", 2, "chat:new-model"));

        assertThat(picks(1)).containsExactly("fast");
    }

    @Test
    void shouldSeeThatAWorkerIsSlowOfWhichNothingIsEverDoneInTime() {
        Worker drips = join(worker("drips", 1, "chat"));
        Worker works = join(worker("works", 1, "chat"));
        for (int i = 0; i < 20; i++) {
            fleet.learn(works, ended(1_000), 0);
        }

        fleet.learn(drips, cancelled(60_000), 0);

        assertThat(picks(1)).containsExactly("works");
    }

    @Test
    void shouldLearnNothingFromUsersWhoStopAnIntentSoon() {
        Worker usual = join(worker("usual", 1, "chat"));
        Worker stopped = join(worker("stopped", 1, "chat"));
        for (int i = 0; i < 20; i++) {
            fleet.learn(usual, ended(1_000), 0);
            fleet.learn(stopped, ended(2_000), 0);
        }
        assertThat(picks(1)).containsExactly("usual");

        for (int i = 0; i < 100; i++) {
            fleet.learn(stopped, cancelled(10), 0);
        }
        usual.unclaimAll();
        fleet.refresh(usual, 0);

        assertThat(picks(1)).containsExactly("usual");
    }

    @Test
    void shouldFindAModelOnlyWhereItIs() {
        join(worker("a", 1, "chat:llama"));
        join(worker("b", 1, "chat:qwen"));

        assertThat(pick(chat(1).model("qwen"))).isEqualTo("b");
        assertThat(pick(chat(2).model("qwen"))).isEqualTo("none");
        assertThat(pick(chat(3))).isEqualTo("a");
    }

    @Test
    void shouldKnowNoMoreWorkersThanItMay() {
        var small = new Fleet(new Caution(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                2,
                Duration.ZERO,
                Duration.ZERO));

        small.announced(worker("a", 1, "chat"), 0);
        small.announced(worker("b", 1, "chat"), 0);

        assertThat(small.announced(worker("c", 1, "chat"), 0)).isNull();
        assertThat(small.workers()).hasSize(2);
    }

    @Test
    void shouldForgetWhatIsLongServedNoMore() {
        Demand chat = new Demand(QueryType.CHAT, null);
        Worker only = join(worker("a", 1, "chat"));
        fleet.remove(only, 0);
        assertThat(fleet.wasServedLately(chat, 29 * SECOND)).isTrue();

        fleet.forget(31 * SECOND);

        assertThat(fleet.wasServedLately(chat, 31 * SECOND)).isFalse();
        assertThat(fleet.repertoires()).isEmpty();
    }

    @Test
    void shouldNotLetAnAnnouncementThatWasOvertakenGiveASlotAwayAgain() {
        Worker a = join(worker("a", 1, "chat"));
        a.claim(chat(1).key(), 0);
        a.unclaim(chat(1).key());
        a.reported(new Load(1, 1, false), true, 10);

        fleet.announced(worker("a", 1, "chat"), 20);
        assertThat(a.available()).isZero();

        fleet.announced(Workers.with(worker("a", 1, "chat"), new Load(1, 0, false)), SECOND);
        assertThat(a.available()).isEqualTo(1);
    }

    @Test
    void shouldCountASlotTwiceAtMostUntilTheReport() {
        Worker a = join(worker("a", 2, "chat"));
        a.claim(chat(1).key(), 0);

        fleet.announced(Workers.with(worker("a", 2, "chat"), new Load(2, 1, false)), 10);
        assertThat(a.available()).isZero();

        a.unclaim(chat(1).key());
        a.reported(new Load(2, 1, false), true, 20);
        assertThat(a.available()).isEqualTo(1);
    }

    private Worker join(WorkerAnnouncement said) {
        Worker worker = Objects.requireNonNull(fleet.announced(said, SECOND));
        fleet.refresh(worker, SECOND);
        return worker;
    }

    private List<String> picks(int count) {
        List<String> picks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picks.add(pick(chat(i)));
        }
        return picks;
    }

    private String pick(Intents intent) {
        Ticket ticket = new Ticket(intent.place(), 0, arrivals++);
        Worker worker = fleet.pick(ticket);
        if (worker == null) {
            return "none";
        }
        worker.claim(ticket.key(), 0);
        return worker.id().value();
    }

    private static Ended ended(long millis) {
        return new Ended(chat(0).key(), QueryType.CHAT, Outcome.COMPLETED, millis);
    }

    private static Ended cancelled(long millis) {
        return new Ended(chat(0).key(), QueryType.CHAT, Outcome.CANCELLED, millis);
    }
}
