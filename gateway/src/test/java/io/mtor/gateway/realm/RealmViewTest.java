// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealmViewTest {

    private static final WorkerId WORKER = new WorkerId("w");
    private static final MonitorId MONITOR = new MonitorId("m");

    private final RealmView realm = new RealmView();

    private long now;

    private static Announcement worker(String id, String node, long incarnation, int inFlight, boolean draining) {
        return new Announcement.WorkerAnnouncement(
                new WorkerId(id),
                node,
                incarnation,
                "Box " + id,
                "1",
                List.of(new Offer(QueryType.CHAT, List.of("m-" + id))),
                new Load(4, inFlight, draining),
                false);
    }

    private static Announcement dispatcher(String id, String node, int waiting) {
        return new Announcement.DispatcherAnnouncement(new DispatcherId(id), node, waiting);
    }

    private static Announcement verdict(Health health) {
        return new Announcement.Verdict(WORKER, MONITOR, health, "because");
    }

    private List<Departure> hear(Announcement announcement) {
        return realm.hear(announcement, now);
    }

    @Test
    void shouldKnowWhatIsServed() {
        hear(worker("b", "n1", 1, 0, false));
        hear(worker("a", "n1", 1, 2, false));

        assertThat(realm.queryTypes()).containsExactly(QueryType.CHAT);
        assertThat(realm.models(QueryType.CHAT)).containsExactly("m-a", "m-b");
        assertThat(realm.models(QueryType.SPEAK)).isEmpty();
        assertThat(realm.snapshot().workers())
                .extracting(ServerMessage.WorkerState::name)
                .containsExactly("Box a", "Box b");
    }

    @Test
    void shouldForgetWhoIsSilentForFiveSeconds() {
        hear(worker("w", "n1", 1, 0, false));
        hear(dispatcher("d", "n1", 3));

        assertThat(realm.tick(now += 5_000)).isEmpty();
        assertThat(realm.tick(now += 1))
                .containsExactlyInAnyOrder(
                        new Departure.Worker(WORKER, "nothing was heard of it"),
                        new Departure.Dispatcher(new DispatcherId("d")));
        assertThat(realm.hasDispatcher()).isFalse();
        assertThat(realm.matchmaker()).isEmpty();
        assertThat(realm.tick(now += 5_000)).isEmpty();
    }

    @Test
    void shouldForgetAllOfANodeThatLeaves() {
        hear(worker("w", "n1", 1, 0, false));
        hear(worker("x", "n2", 1, 0, false));
        hear(dispatcher("d", "n1", 0));
        hear(new Announcement.GatewayAnnouncement(new GatewayId("g"), "n1", 0));
        hear(new Announcement.MonitorAnnouncement(MONITOR, "n1"));

        assertThat(realm.nodeLeft("n1")).hasSize(4).contains(new Departure.Worker(WORKER, "its process is gone"));
        assertThat(realm.snapshot().workers()).singleElement().satisfies(state -> assertThat(state.workerId())
                .isEqualTo(new WorkerId("x")));
        assertThat(realm.nodeLeft("n1")).isEmpty();
    }

    @Test
    void shouldSayOnceThatAWorkerIsDown() {
        hear(worker("w", "n1", 1, 0, false));

        assertThat(hear(verdict(Health.DEGRADED))).isEmpty();
        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.DEGRADED);
        assertThat(hear(verdict(Health.DOWN))).containsExactly(new Departure.Worker(WORKER, "because"));
        assertThat(hear(verdict(Health.DOWN))).isEmpty();
        assertThat(hear(verdict(Health.HEALTHY))).isEmpty();
        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.HEALTHY);
        assertThat(hear(verdict(Health.DOWN))).hasSize(1);
    }

    @Test
    void shouldBelieveAVerdictThatComesBeforeItsWorker() {
        hear(verdict(Health.DEGRADED));
        hear(worker("w", "n1", 1, 0, false));

        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.DEGRADED);
    }

    @Test
    void shouldForgetAVerdictThatNoMonitorRepeats() {
        hear(worker("w", "n", 1, 0, false));
        hear(verdict(Health.DEGRADED));
        now += 5_001;
        hear(worker("w", "n", 1, 0, false));

        realm.tick(now);

        assertThat(realm.snapshot().workers().getFirst().health()).isEqualTo(ServerMessage.Health.HEALTHY);
    }

    @Test
    void shouldNotKeepVerdictsOfWorkersThatNeverCome() {
        hear(verdict(Health.DOWN));
        realm.tick(now += 5_001);
        hear(worker("w", "n1", 1, 0, false));

        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.HEALTHY);
    }

    @Test
    void shouldNoticeAWorkerThatBeganAnew() {
        hear(worker("w", "n1", 1, 0, false));
        hear(verdict(Health.DEGRADED));

        assertThat(hear(worker("w", "n1", 2, 0, false)))
                .containsExactly(new Departure.Worker(WORKER, "the worker began anew"));
        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.HEALTHY);
    }

    @Test
    void shouldShowThatAWorkerDrains() {
        hear(worker("w", "n1", 1, 1, true));

        assertThat(realm.snapshot().workers().get(0).health()).isEqualTo(ServerMessage.Health.DRAINING);
    }

    @Test
    void shouldNotMournWhoWasNotThere() {
        assertThat(hear(new Announcement.WorkerLeft(WORKER, 1))).isEmpty();
        assertThat(hear(new Announcement.DispatcherLeft(new DispatcherId("d")))).isEmpty();
    }

    @Test
    void shouldNameTheSameMatchmakerAsEverybodyElse() {
        var other = new RealmView();
        for (String id : List.of("d1", "d2", "d3")) {
            hear(dispatcher(id, "n1", 2));
        }
        for (String id : List.of("d3", "d1", "d2")) {
            other.hear(dispatcher(id, "n1", 2), now);
        }

        assertThat(realm.matchmaker()).isPresent().isEqualTo(other.matchmaker());
        assertThat(realm.snapshot().waiting()).isEqualTo(6);
        DispatcherId first = realm.matchmaker().orElseThrow();
        assertThat(hear(new Announcement.DispatcherLeft(first))).containsExactly(new Departure.Dispatcher(first));
        assertThat(realm.matchmaker()).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void shouldSayWhoPlacesNoMoreWhenAnotherDispatcherComes() {
        assertThat(hear(dispatcher("d1", "n1", 0))).isEmpty();
        DispatcherId first = realm.matchmaker().orElseThrow();
        int number = 2;
        while (realm.matchmaker().orElseThrow().equals(first)) {
            assertThat(hear(dispatcher("d" + number, "n1", 0)))
                    .isEqualTo(
                            realm.matchmaker().orElseThrow().equals(first)
                                    ? List.of()
                                    : List.of(new Departure.Superseded(first)));
            number++;
        }
        assertThat(hear(dispatcher("d1", "n1", 0))).isEmpty();
    }

    @Test
    void shouldAskAnotherDispatcherForAWhileWhenOneAnswersNothing() {
        hear(dispatcher("d1", "n1", 0));
        hear(dispatcher("d2", "n2", 0));
        DispatcherId first = realm.matchmaker().orElseThrow();
        unanswered(0);

        now += MatchmakerChoice.UNANSWERED_MILLIS;
        assertThat(unanswered(MatchmakerChoice.UNANSWERED_MILLIS - 1)).isEmpty();
        assertThat(unanswered(MatchmakerChoice.UNANSWERED_MILLIS)).containsExactly(new Departure.Superseded(first));
        DispatcherId second = realm.matchmaker().orElseThrow();
        assertThat(second).isNotEqualTo(first);

        now += MatchmakerChoice.PASSED_OVER_MILLIS - 1;
        assertThat(unanswered(0)).isEmpty();
        now += 1;
        assertThat(unanswered(0)).containsExactly(new Departure.Superseded(second));
        assertThat(realm.matchmaker()).contains(first);
    }

    @Test
    void shouldPassOverADispatcherThatNeverAnswersForTwiceAsLongEachTimeUpToTheMost() {
        hear(dispatcher("d1", "n1", 0));
        hear(dispatcher("d2", "n2", 0));
        DispatcherId silent = realm.matchmaker().orElseThrow();
        long expected = MatchmakerChoice.PASSED_OVER_MILLIS;
        for (int time = 0; time < 7; time++) {
            assertThat(timePassedOver(silent)).isEqualTo(expected);
            expected = Math.min(MatchmakerChoice.MOST_PASSED_OVER_MILLIS, 2 * expected);
        }

        now += MatchmakerChoice.MOST_PASSED_OVER_MILLIS;
        unanswered(0);
        assertThat(timePassedOver(silent))
                .as("after it has answered for as long as it was passed over")
                .isEqualTo(MatchmakerChoice.PASSED_OVER_MILLIS);
    }

    private long timePassedOver(DispatcherId silent) {
        unanswered(0);
        now += MatchmakerChoice.UNANSWERED_MILLIS;
        unanswered(MatchmakerChoice.UNANSWERED_MILLIS);
        long from = now;
        while (!realm.matchmaker().equals(Optional.of(silent))) {
            now += 500;
            unanswered(0);
        }
        return now - from;
    }

    /** Has answered nothing since it was chosen: what is unanswered since before says nothing of it. */
    @Test
    void shouldGiveEachDispatcherTimeToAnswer() {
        hear(dispatcher("d1", "n1", 0));
        hear(dispatcher("d2", "n2", 0));
        unanswered(0);
        DispatcherId first = realm.matchmaker().orElseThrow();

        now += MatchmakerChoice.UNANSWERED_MILLIS;
        unanswered(now);
        DispatcherId second = realm.matchmaker().orElseThrow();
        unanswered(now);
        now += MatchmakerChoice.UNANSWERED_MILLIS - 1;
        assertThat(unanswered(now)).isEmpty();
        now += 1;
        assertThat(unanswered(now)).containsExactly(new Departure.Superseded(second));

        assertThat(realm.matchmaker())
                .as("when none answers, the one that everybody would ask")
                .contains(first);
    }

    @Test
    void shouldAskTheOnlyDispatcherHoweverSilentItIs() {
        hear(dispatcher("d1", "n1", 0));

        assertThat(unanswered(60_000)).isEmpty();
        assertThat(realm.matchmaker()).contains(new DispatcherId("d1"));
    }

    @Test
    void shouldPassOverADispatcherThatComesBackAsLongAsBefore() {
        hear(dispatcher("d1", "n1", 0));
        hear(dispatcher("d2", "n2", 0));
        DispatcherId first = realm.matchmaker().orElseThrow();
        unanswered(0);
        now += MatchmakerChoice.UNANSWERED_MILLIS;
        unanswered(MatchmakerChoice.UNANSWERED_MILLIS);

        hear(new Announcement.DispatcherLeft(first));
        assertThat(hear(dispatcher(first.value(), "n1", 0))).isEmpty();

        assertThat(realm.matchmaker()).isPresent().isNotEqualTo(Optional.of(first));
    }

    private List<Departure> unanswered(long millis) {
        return realm.judgeMatchmaker(millis, now);
    }

    @Test
    void shouldSayOnceThatSomethingChanged() {
        realm.takeChange();
        hear(worker("w", "n1", 1, 0, false));
        assertThat(realm.takeChange()).isTrue();
        assertThat(realm.takeChange()).isFalse();

        hear(worker("w", "n1", 1, 0, false));
        assertThat(realm.takeChange()).isFalse();
        hear(worker("w", "n1", 1, 1, false));
        assertThat(realm.takeChange()).isTrue();

        assertThat(realm.snapshot().revision()).isLessThan(realm.snapshot().revision());
    }
}
