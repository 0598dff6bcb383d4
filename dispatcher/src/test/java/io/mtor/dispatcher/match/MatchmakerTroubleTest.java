// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static io.mtor.dispatcher.testing.Intents.chat;
import static io.mtor.dispatcher.testing.Workers.announcement;
import static io.mtor.dispatcher.testing.Workers.offers;
import static io.mtor.dispatcher.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.testing.Stage;
import org.junit.jupiter.api.Test;

/** The rules about workers that refuse, fail, freeze, leave or are not to be asked. */
class MatchmakerTroubleTest {

    private final Stage stage = new Stage();

    @Test
    void shouldPutARefusedIntentBackAtTheHeadOfTheLine() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));
        stage.place(chat(2));

        stage.refused("a", 1, Reason.NO_FREE_SLOT, new Load(1, 1, false));
        stage.hear(announcement("a", 1, new Load(1, 1, false), offers("chat")));
        stage.pass(200);
        stage.hear(worker("a", 1, "chat"));

        assertThat(stage.outbox().assigned).hasToString("[1 -> a, 1 -> a]");
    }

    @Test
    void shouldNotAskAgainAWorkerThatRefusesWithFreeSlotsUntilItSpeaks() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));

        stage.refused("a", 1, Reason.PAUSED, new Load(1, 0, false));

        assertThat(stage.sent()).containsExactly("1 -> a");
        stage.announce("a");
        assertThat(stage.sent()).containsExactly("1 -> a");
    }

    @Test
    void shouldPlaceElsewhereWhatIsNotAcceptedInTime() {
        stage.hear(worker("a", 1, "chat"));
        stage.hear(worker("b", 2, "chat", "vision"));
        stage.freeze("a");
        stage.place(chat(1));

        stage.pass(800);
        stage.place(chat(2));

        assertThat(stage.sent()).containsExactly("1 -> a", "1 -> b", "2 -> b");
    }

    @Test
    void shouldStillAwaitAnAnswerAfterTheRefusalOfAnEarlierAttempt() {
        stage.hear(worker("a", 2, "chat"));
        stage.freeze("a");
        stage.place(chat(1));
        stage.place(chat(1).attempt(2));
        stage.hear(worker("b", 2, "chat"));
        var refused = new Refused(new WorkerId("a"), new Load(2, 0, false), chat(1).key(), 1, Reason.NO_FREE_SLOT);

        stage.matchmaker().receive(refused, stage.now());
        stage.pass(800);

        assertThat(stage.outbox().assigned).hasToString("[1 -> a, 1 -> a, 1 -> b]");
    }

    @Test
    void shouldGiveASuspectedWorkerWorkAgainWhenItSpeaks() {
        stage.hear(worker("a", 1, "chat"));
        stage.freeze("a");
        stage.place(chat(1));
        stage.pass(800);
        stage.place(chat(2));
        assertThat(stage.outbox().assigned).hasSize(1);

        stage.announce("a");

        assertThat(stage.outbox().assigned).hasToString("[1 -> a, 1 -> a]");
    }

    @Test
    void shouldForgetAWaitingIntentThatASuspectedWorkerHasAcceptedAfterAll() {
        stage.hear(worker("a", 1, "chat"));
        stage.freeze("a");
        stage.place(chat(1));
        stage.pass(800);

        stage.accepted("a", 1);
        stage.ended("a", 1);

        assertThat(stage.outbox().assigned).hasSize(1);
        assertThat(stage.stats().waiting()).isEmpty();
    }

    @Test
    void shouldPlaceAgainAtOnceWhatALostWorkerHadNotAccepted() {
        stage.hear(worker("a", 1, "chat"));
        stage.hear(worker("b", 1, "chat", "vision"));
        stage.place(chat(1));

        stage.nodeLeft("node-a");

        assertThat(stage.sent()).containsExactly("1 -> a", "1 -> b");
    }

    @Test
    void shouldPlaceAgainAtOnceWhatAnEarlierLifeOfTheWorkerHadNotAccepted() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));

        stage.hear(announcement("a", 2, new Load(1, 0, false), offers("chat")));

        assertThat(stage.sent()).containsExactly("1 -> a", "1 -> a");
    }

    @Test
    void shouldIgnoreTheLeaveTakingOfAnEarlierLife() {
        stage.hear(announcement("a", 2, new Load(1, 0, false), offers("chat")));

        stage.left("a");
        stage.place(chat(1));

        assertThat(stage.sent()).containsExactly("1 -> a");
    }

    @Test
    void shouldForgetAWorkerThatFallsSilent() {
        stage.hear(worker("a", 1, "chat"));
        stage.freeze("a");

        stage.pass(3_200);

        assertThat(stage.stats().workers()).isZero();
    }

    @Test
    void shouldNotBlameWorkersForItsOwnStandstill() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));

        stage.stall(20_000);
        stage.pass(100);

        assertThat(stage.stats().workers()).isEqualTo(1);
        assertThat(stage.stats().suspected()).isZero();
    }

    @Test
    void shouldGiveNothingNewToADegradedWorkerAndPlaceAgainWhatADownOneHadNotAccepted() {
        stage.hear(worker("a", 2, "chat"));
        stage.place(chat(1));

        stage.judged("a", Health.DEGRADED);
        stage.place(chat(2));
        stage.hear(worker("b", 2, "chat", "vision"));
        stage.judged("a", Health.DOWN);

        assertThat(stage.sent()).containsExactly("1 -> a", "2 -> b", "1 -> b");
    }

    @Test
    void shouldRampUpAWorkerThatHasBecomeHealthyAgain() {
        stage.hear(worker("a", 4, "chat"));
        stage.judged("a", Health.DEGRADED);
        for (int i = 1; i <= 8; i++) {
            stage.place(chat(i));
        }

        stage.judged("a", Health.HEALTHY);
        assertThat(stage.sent()).containsExactly("1 -> a");
        stage.completed("a", 1, 1_000);
        assertThat(stage.sent()).containsExactly("2 -> a", "3 -> a");
        stage.completed("a", 2, 1_000);
        assertThat(stage.sent()).containsExactly("4 -> a", "5 -> a", "6 -> a");
    }

    @Test
    void shouldAskTheWorkerThatHasItWhenAGatewayHasNotHeardOfIt() {
        stage.hear(worker("a", 2, "chat"));
        stage.hear(worker("b", 2, "chat"));
        stage.place(chat(1));
        String taker = stage.outbox().assigned.getFirst().worker().value();
        stage.accepted(taker, 1);
        stage.sent();

        stage.place(chat(1));
        stage.place(chat(1).through("another"));
        assertThat(stage.sent()).containsExactly("1 -> " + taker, "1 -> " + taker);

        stage.judged(taker, Health.DEGRADED);
        stage.place(chat(1));
        assertThat(stage.sent()).containsExactly("1 -> " + (taker.equals("a") ? "b" : "a"));
    }

    @Test
    void shouldForgetAPlacementThatIsBehindTheWorkersOwnAttempt() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));
        stage.refused("a", 1, Reason.OUTDATED, new Load(1, 0, false));
        assertThat(stage.stats().unanswered()).isZero();

        stage.place(chat(2));

        assertThat(stage.sent()).containsExactly("1 -> a", "2 -> a");
    }

    @Test
    void shouldForgetAVerdictThatNoMonitorRepeats() {
        stage.hear(worker("a", 1, "chat"));
        stage.judged("a", Health.DEGRADED);
        stage.place(chat(1));
        stage.pass(4_900);
        assertThat(stage.outbox().assigned).isEmpty();

        stage.pass(300);

        assertThat(stage.sent()).contains("1 -> a");
    }

    @Test
    void shouldOpenTheBreakerOnAFailureAndProbeWithOneIntent() {
        stage.hear(worker("a", 2, "chat"));
        stage.place(chat(1));
        stage.accepted("a", 1);
        stage.ended("a", 1, Outcome.FAILED, 1);
        stage.place(chat(2));
        stage.place(chat(3));
        stage.sent();

        stage.pass(900);
        assertThat(stage.stats().freeSlots()).isZero();
        stage.pass(200);

        assertThat(stage.outbox().assigned.getLast()).hasToString("2 -> a");
        assertThat(stage.outbox().assigned).hasSize(2);
    }

    @Test
    void shouldNotBlameTheWorkerForUserErrorsAndCancelledIntents() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));
        stage.accepted("a", 1);
        stage.ended("a", 1, Outcome.CLIENT_ERROR, 1);
        stage.place(chat(2));
        stage.accepted("a", 2);
        stage.ended("a", 2, Outcome.CANCELLED, 1);

        stage.place(chat(3));

        assertThat(stage.sent()).endsWith("3 -> a");
    }

    @Test
    void shouldKeepAnAttemptFromTheWorkersItExcludes() {
        stage.hear(worker("a", 1, "chat"));
        stage.hear(worker("b", 1, "chat"));
        stage.place(chat(1).attempt(2, "a"));
        stage.place(chat(2).attempt(2, "b"));
        stage.place(chat(3).attempt(2, "b"));

        stage.completed("b", 1, 1_000);

        assertThat(stage.sent()).containsExactly("1 -> b", "2 -> a");
    }

    @Test
    void shouldLiftAnExclusionThatLeavesNobody() {
        stage.hear(worker("a", 1, "chat"));
        stage.hear(worker("b", 1, "chat"));
        stage.place(chat(1));
        stage.place(chat(2));
        stage.accepted("b", 2);
        stage.accepted("a", 1);
        stage.place(chat(3).attempt(2, "a"));
        stage.ended("a", 1);
        assertThat(stage.sent()).containsExactly("1 -> a", "2 -> b");

        stage.left("b");

        assertThat(stage.sent()).containsExactly("3 -> a");
    }
}
