// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static io.mtor.common.protocol.Priority.BATCH;
import static io.mtor.dispatcher.testing.Intents.chat;
import static io.mtor.dispatcher.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.GatewayAnnouncement;
import io.mtor.common.bus.Announcement.GatewayLeft;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.Withdraw;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Sent;
import io.mtor.dispatcher.testing.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, one by one. Longer stories are in {@code scenarios}. */
class MatchmakerTest {

    private final Stage stage = new Stage();

    @Test
    void shouldPlaceAtOnceOnAFreeWorker() {
        stage.hear(worker("a", 1, "chat"));

        stage.place(chat(1));

        assertThat(stage.sent()).containsExactly("1 -> a");
    }

    @Test
    void shouldLetItWaitAndGiveItTheFreedSlot() {
        busy("a");
        stage.place(chat(2));

        stage.ended("a", 1);

        assertThat(stage.sent()).containsExactly("2 -> a");
    }

    @Test
    void shouldSayHowLongItWaitedAndWhatTimeIsLeft() {
        busy("a");
        stage.place(chat(2).ttl(10_000));
        stage.pass(1_500);

        stage.ended("a", 1);

        var assigned = stage.outbox().assigned.getLast();
        assertThat(assigned.queueMillis()).isEqualTo(1_500);
        assertThat(assigned.ttlMillis()).isEqualTo(8_500);
    }

    @Test
    void shouldAnswerARepeatedPlaceWithWaiting() {
        busy("a");
        stage.place(chat(2));

        stage.place(chat(2));

        assertThat(stage.sent()).containsExactly("2 waits at 1");
    }

    @Test
    void shouldNotAssignTwiceWhatIsAssignedAlready() {
        stage.hear(worker("a", 2, "chat"));
        stage.place(chat(1));

        stage.place(chat(1));

        assertThat(stage.sent()).containsExactly("1 -> a");
    }

    @Test
    void shouldLetAHigherAttemptReplaceALowerAndIgnoreALowerOne() {
        stage.hear(worker("a", 1, "chat"));
        stage.hear(worker("b", 1, "chat"));
        stage.place(chat(1));
        stage.sent();

        stage.place(chat(1).attempt(2, "a"));
        stage.place(chat(1).attempt(1));

        assertThat(stage.sent()).containsExactly("1 cancelled at a", "1 -> b");
    }

    @Test
    void shouldBelieveTheNewGatewayOfAnIntentWhoseOldOneMayBeGone() {
        busy("a");
        stage.place(chat(2).through("g1").attempt(3));

        stage.place(chat(2).through("g2"));
        stage.ended("a", 1);

        assertThat(stage.outbox().assigned.getLast().place().gateway()).isEqualTo(new GatewayId("g2"));
        assertThat(stage.outbox().assigned).hasSize(2);
    }

    @Test
    void shouldLeaveToRealWorkersWhatTheyServeEvenIfTheyAreBusy() {
        stage.hear(worker("demo", 8, "chat", "imagine"));
        stage.place(chat(1));
        busy("a");
        stage.place(chat(2));
        stage.place(Intents.of(3, QueryType.IMAGINE));
        assertThat(stage.sent()).containsExactly("1 -> demo", "3 -> demo");

        stage.left("a");

        assertThat(stage.sent()).containsExactly("2 -> demo");
    }

    @Test
    void shouldSayAtOnceWhatNobodyServes() {
        stage.hear(worker("a", 1, "chat:llama:qwen", "imagine"));

        stage.place(Intents.of(1, new QueryType("paint")));
        stage.place(chat(2).model("x"));

        assertThat(stage.outbox().rejected)
                .extracting(rejected -> rejected.code() + " " + rejected.message())
                .containsExactly(
                        "IMPOSSIBLE nobody here serves query type 'paint'; served: chat, imagine",
                        "IMPOSSIBLE no worker here has the model 'x' for chat; models: llama, qwen");
    }

    @Test
    void shouldLetItWaitForWhatWasServedLatelyAndRefuseItLater() {
        stage.hear(worker("a", 1, "chat"));
        stage.left("a");
        stage.pass(29_000);
        stage.place(chat(1));
        stage.pass(2_000);

        stage.place(chat(2));

        assertThat(stage.stats().waiting()).containsEntry(QueryType.CHAT, 1);
        assertThat(stage.sent()).endsWith("2 rejected: impossible");
    }

    @Test
    void shouldRefuseWhatCameEarlyOnceItIsClearThatNobodyServesIt() {
        var sent = new Sent();
        var young = new Matchmaker(MatchRules.DEFAULT, sent, 0);
        young.receive(worker("a", 1, "chat"), 0);
        young.receive(Intents.of(1, new QueryType("paint")).place(), 0);
        assertThat(sent.rejected).isEmpty();

        young.tick(3_000_000_000L);

        assertThat(sent.rejected).extracting(rejected -> rejected.code()).containsExactly(ErrorCode.IMPOSSIBLE);
    }

    /** It may be that it hears of nobody because something in the cluster stands still. */
    @Test
    void shouldNotCallImpossibleWhatItMayOnlyNotHaveHeardOf() {
        var sent = new Sent();
        var deaf = new Matchmaker(MatchRules.DEFAULT, sent, 0);
        deaf.tick(9_000_000_000L);
        deaf.receive(chat(1).place(), 9_000_000_000L);
        assertThat(sent.rejected).isEmpty();

        deaf.receive(worker("a", 1, "chat"), 10_000_000_000L);

        assertThat(sent.assigned).hasSize(1);
    }

    @Test
    void shouldSayInTheEndThatNobodyIsThere() {
        var sent = new Sent();
        var alone = new Matchmaker(MatchRules.DEFAULT, sent, 0);
        alone.receive(chat(1).place(), 0);

        alone.tick(16_000_000_000L);

        assertThat(sent.rejected).extracting(rejected -> rejected.code()).containsExactly(ErrorCode.IMPOSSIBLE);
    }

    @Test
    void shouldLetWhatComesEarlyWaitForWorkersToAnnounceThemselves() {
        var sent = new Sent();
        var young = new Matchmaker(MatchRules.DEFAULT, sent, 0);

        young.receive(chat(1).place(), 1);
        young.receive(worker("a", 1, "chat"), 2);

        assertThat(sent.take()).containsExactly("1 -> a");
    }

    @Test
    void shouldRejectWhatWaitsBeyondItsDeadline() {
        busy("a");
        stage.place(chat(2).ttl(1_000));

        stage.pass(1_100);

        assertThat(stage.sent()).endsWith("2 rejected: deadline");
        assertThat(stage.stats().waiting()).isEmpty();
    }

    @Test
    void shouldBoundTheLine() {
        var rules = new MatchRules(new LineLimits(4, 3, 2, Size.parse("1MiB")), Patience.DEFAULT, Caution.DEFAULT);
        var small = new Stage(rules);
        small.hear(worker("a", 0, "chat", "vision"));
        small.place(chat(1).by("x"));
        small.place(chat(2).by("x"));
        small.place(chat(3).by("x"));
        small.place(chat(4).by("y"));
        small.place(chat(5).by("z"));
        small.place(Intents.of(6, QueryType.VISION).by("z"));
        small.place(Intents.of(7, QueryType.VISION).by("z"));

        assertThat(small.sent())
                .containsExactly("3 rejected: rate-limited", "5 rejected: queue-full", "7 rejected: queue-full");
        assertThat(small.outbox().rejected)
                .allSatisfy(rejected -> assertThat(rejected.retryAfterMillis()).isNotNull());
    }

    @Test
    void shouldBoundWhatTheLineWeighs() {
        var rules =
                new MatchRules(new LineLimits(100, 100, 100, Size.parse("1KiB")), Patience.DEFAULT, Caution.DEFAULT);
        var small = new Stage(rules);
        small.hear(worker("a", 0, "chat"));
        for (int i = 1; i <= 6; i++) {
            small.place(chat(i));
        }

        assertThat(small.sent()).containsExactly("6 rejected: queue-full");
    }

    @Test
    void shouldRefuseEarlyWhatCannotBeServedInTime() {
        stage.hear(worker("a", 1, "chat"));
        for (int i = 1; i <= 30; i++) {
            stage.place(chat(i));
            stage.completed("a", i, 2_000);
        }
        for (int i = 101; i <= 110; i++) {
            stage.place(chat(i));
        }
        stage.sent();

        stage.place(chat(200).ttl(10_000));
        stage.place(chat(201).ttl(60_000));

        assertThat(stage.sent()).containsExactly("200 rejected: queue-full");
        assertThat(stage.outbox().rejected.getLast().retryAfterMillis()).isBetween(8_000L, 14_000L);
    }

    @Test
    void shouldTellPositionAndEstimate() {
        stage.hear(worker("a", 1, "chat"));
        for (int i = 1; i <= 30; i++) {
            stage.place(chat(i));
            stage.completed("a", i, 2_000);
        }
        stage.place(chat(100));
        stage.accepted("a", 100);
        stage.place(chat(101));
        stage.place(chat(102));
        stage.place(chat(103).priority(BATCH));
        stage.sent();

        stage.pass(300);

        assertThat(stage.sent())
                .containsExactlyInAnyOrder(
                        "101 waits at 1, 2000 ms", "102 waits at 2, 4000 ms", "103 waits at 3, 6000 ms");
    }

    @Test
    void shouldSayAgainThatItWaitsAtLeastEveryTwoSeconds() {
        busy("a");
        stage.place(chat(2));

        stage.pass(20_000);

        assertThat(stage.outbox().waiting).hasSizeBetween(10, 14);
    }

    @Test
    void shouldTellAWorkerToStopWhatIsWithdrawnBeforeItAccepted() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));

        stage.withdraw(chat(1));

        assertThat(stage.sent()).containsExactly("1 -> a", "1 cancelled at a");
    }

    @Test
    void shouldForgetWhatWaitsForAGatewayThatIsGoneUnlessDetached() {
        busy("a");
        stage.hear(new GatewayAnnouncement(new GatewayId("g1"), "node-g", 1));
        stage.place(chat(2).through("g1"));
        stage.place(chat(3).through("g1").detached());
        stage.place(chat(4).through("g2"));

        stage.nodeLeft("node-g");
        stage.hear(new GatewayLeft(new GatewayId("g2")));

        assertThat(stage.stats().waiting()).containsEntry(QueryType.CHAT, 1);
    }

    @ParameterizedTest
    @MethodSource("messagesOutOfPlace")
    void shouldTakeNoHarmFromWhatIsUnknownLateOrRepeated(DispatcherBound message) {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));
        stage.accepted("a", 1);
        stage.ended("a", 1);
        stage.sent();

        stage.matchmaker().receive(message, stage.now());
        stage.matchmaker().receive(message, stage.now());
        stage.pass(200);
        stage.announce("a");

        assertThat(stage.sent()).isEmpty();
        assertThat(stage.stats().freeSlots()).isEqualTo(1);
        assertThat(stage.stats().workers()).isEqualTo(1);
    }

    static List<DispatcherBound> messagesOutOfPlace() {
        var idle = new Load(1, 0, false);
        var a = new WorkerId("a");
        var stranger = new WorkerId("stranger");
        var ended = List.of(new Ended(chat(1).key(), QueryType.CHAT, Outcome.COMPLETED, 5));
        return List.of(
                new Withdraw(chat(1).key()),
                new Withdraw(chat(7).key()),
                new WorkerReport(a, idle, List.of(chat(1).key(), chat(7).key()), List.of()),
                new WorkerReport(a, idle, List.of(), ended),
                new WorkerReport(stranger, idle, List.of(chat(1).key()), ended),
                new Refused(a, idle, chat(1).key(), 1, Reason.NO_FREE_SLOT),
                new Refused(a, idle, chat(7).key(), 9, Reason.DRAINING),
                new Refused(stranger, idle, chat(7).key(), 1, Reason.NOT_SERVED));
    }

    @Test
    void shouldCountWhatItDoes() {
        stage.hear(worker("a", 2, "chat"));
        stage.place(chat(1));
        stage.accepted("a", 1);
        stage.place(chat(2));
        stage.place(chat(3));
        stage.place(Intents.of(4, new QueryType("paint")));

        DispatcherStats stats = stage.stats();

        assertThat(List.of(stats.placed(), stats.assigned(), stats.accepted(), stats.parked()))
                .containsExactly(4L, 2L, 1L, 1L);
        assertThat(stats.unanswered()).isEqualTo(1);
        assertThat(stats.rejected()).containsEntry(ErrorCode.IMPOSSIBLE, 1L);
    }

    /** A worker with one slot, which intent 1 holds. */
    private void busy(String worker) {
        stage.hear(worker(worker, 1, "chat"));
        stage.place(chat(1));
        if (!stage.outbox().assigned.getLast().worker().value().equals(worker)) {
            stage.place(chat(999));
            stage.accepted(worker, 999);
            stage.outbox().lines.removeLast();
        } else {
            stage.accepted(worker, 1);
            stage.sent();
        }
    }
}
