// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingReceiver;
import org.junit.jupiter.api.Test;

/** From the client's wish to a worker that has accepted it. */
class PlacementTest {

    @Test
    void shouldAskAgainWhenNoSignComes() {
        Stage stage = Stage.placed();

        stage.pass(600);
        assertThat(stage.realm.asked()).isEmpty();
        stage.pass(100);
        assertThat(stage.realm.asked()).containsExactly("place #1");
        stage.pass(700);
        assertThat(stage.realm.asked()).containsExactly("place #1");
        assertThat(stage.realm.lastTtlMillis()).isEqualTo(Stage.DEADLINE - 1_400);
    }

    @Test
    void shouldSayWhereItWaitsWhenThatChangesOrAfterAWhile() {
        Stage stage = Stage.placed();

        stage.hear(
                stage.first().waiting(3),
                stage.first().waiting(3),
                stage.first().waiting(2));
        stage.pass(2_000);
        stage.hear(stage.first().waiting(2));

        assertThat(stage.client.heard()).containsExactly("queued 3", "queued 2", "queued 2");
        assertThat(stage.realm.asked()).isEmpty();
    }

    @Test
    void shouldBePlacedAnewWhenTheLineFallsSilent() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().waiting(3));

        stage.pass(6_000);

        assertThat(stage.realm.asked()).containsExactly("place #1");
        assertThat(stage.observer.dispatchedAgain).containsExactly("dispatcher-silent");
    }

    @Test
    void shouldBePlacedAnewWhenADispatcherGoes() {
        Stage placing = Stage.placed();
        placing.intents.dispatcherLost(placing.now);
        assertThat(placing.realm.asked()).containsExactly("place #1");

        Stage waiting = Stage.placed();
        waiting.hear(waiting.first().waiting(1));
        waiting.intents.dispatcherLost(waiting.now);
        assertThat(waiting.realm.asked()).containsExactly("place #1");

        Stage running = Stage.running("a");
        running.intents.dispatcherLost(running.now);
        assertThat(running.realm.asked()).isEmpty();
    }

    @Test
    void shouldGoOverToTheDispatcherThatPlacesNowAndSayHowLongItHasWaited() {
        var before = new DispatcherId("before");
        Stage placing = Stage.placed();
        placing.intents.dispatcherSuperseded(before, placing.now);
        assertThat(placing.realm.asked()).containsExactly("withdraw from before", "place #1");

        Stage waiting = Stage.placed();
        waiting.hear(waiting.first().waiting(1));
        waiting.pass(1_000);
        waiting.intents.dispatcherSuperseded(before, waiting.now);
        assertThat(waiting.realm.asked()).containsExactly("withdraw from before", "place #1");
        assertThat(waiting.realm.lastAgeMillis()).isEqualTo(1_000);

        Stage running = Stage.running("a");
        running.intents.dispatcherSuperseded(before, running.now);
        assertThat(running.realm.asked()).isEmpty();
    }

    @Test
    void shouldEndAsUnavailableWithoutADispatcher() {
        Stage stage = Stage.placed();
        stage.realm.dispatcherThere(false);

        stage.pass(19_700);
        assertThat(stage.client.heard()).containsOnly("queued");
        stage.pass(800);

        stage.assertEnded("error unavailable");
    }

    @Test
    void shouldEndWithWhatTheDispatcherSays() {
        Stage stage = Stage.placed();

        stage.hear(stage.first().rejected(ErrorCode.QUEUE_FULL));

        assertThat(stage.client.last())
                .isEqualTo(
                        new ServerMessage.Failure(stage.intent.key().guid(), ErrorCode.QUEUE_FULL, "no", true, 1_000L));
        stage.assertEnded("error queue-full");
    }

    @Test
    void shouldNotListenToWhatIsSaidOfAnotherAttempt() {
        Stage stage = Stage.placed();

        stage.hear(
                stage.attempt(2).waiting(1),
                stage.attempt(2).rejected(ErrorCode.IMPOSSIBLE),
                stage.attempt(2).accepted("a"));

        assertThat(stage.client.heard()).isEmpty();
        assertThat(stage.realm.asked()).containsExactly("cancel a #2");
    }

    @Test
    void shouldNotListenToTheLineOnceAWorkerHasIt() {
        Stage stage = Stage.running("a");

        stage.hear(stage.first().waiting(1), stage.first().rejected(ErrorCode.IMPOSSIBLE));

        assertThat(stage.client.heard()).isEmpty();
        assertThat(stage.intents.size()).isOne();
    }

    @Test
    void shouldSayOnceWhoAccepted() {
        Stage stage = Stage.placed();

        stage.hear(stage.first().accepted("a"), stage.first().accepted("a"));

        assertThat(stage.client.heard()).containsExactly("accepted a #1");
        assertThat(stage.observer.accepted).isOne();
    }

    @Test
    void shouldKeepTheFirstOfTwoWorkers() {
        Stage stage = Stage.placed();

        stage.hear(
                stage.first().accepted("a"),
                stage.first().accepted("b"),
                stage.first().text("b", 0, "no"));

        assertThat(stage.client.heard()).containsExactly("accepted a #1");
        assertThat(stage.realm.asked()).containsExactly("cancel b #1", "cancel b #1");
    }

    @Test
    void shouldTakeAPieceForAnAcceptanceThatWasLost() {
        Stage stage = Stage.placed();

        stage.hear(stage.first().text("a", 0, "Hi"), stage.first().completed("a", 1, "Hi"));

        assertThat(stage.client.heard()).containsExactly("accepted a #1", "chunk 0 Hi", "result Hi");
        assertThat(stage.intents.size()).isZero();
    }

    @Test
    void shouldEndAtItsDeadlineWhereverItIs() {
        for (Stage stage : new Stage[] {Stage.placed(), waiting(), Stage.resuming("a", 3, 1)}) {
            stage.now += Stage.DEADLINE;
            stage.intents.tick(stage.now);
            stage.assertEnded("error deadline");
        }
    }

    private static Stage waiting() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().waiting(1));
        return stage;
    }

    @Test
    void shouldStopWhoeverHasItWhenCancelled() {
        Stage placing = Stage.placed();
        placing.intents.cancel(placing.intent.key(), placing.now);
        assertThat(placing.realm.asked()).containsExactly("withdraw");
        placing.assertEnded("error cancelled");

        Stage waiting = waiting();
        waiting.intents.cancel(waiting.intent.key(), waiting.now);
        assertThat(waiting.realm.asked()).containsExactly("withdraw");
        waiting.assertEnded("error cancelled");

        Stage running = Stage.running("a");
        running.intents.cancel(running.intent.key(), running.now);
        assertThat(running.realm.asked()).containsExactly("cancel a #1");
        running.assertEnded("error cancelled");

        Stage resuming = Stage.resuming("a", 3, 1);
        resuming.quiet();
        resuming.intents.cancel(resuming.intent.key(), resuming.now);
        assertThat(resuming.realm.asked()).containsExactly("cancel everywhere a");
        resuming.assertEnded("error cancelled");

        assertThat(running.intents.cancel(running.intent.key(), running.now)).isFalse();
    }

    @Test
    void shouldStopAWorkerThatAnswersAfterTheEnd() {
        Stage stage = Stage.placed();
        stage.intents.cancel(stage.intent.key(), stage.now);
        stage.quiet();

        stage.hear(
                stage.first().waiting(1),
                stage.first().accepted("a"),
                stage.first().text("a", 0, "Hi"),
                stage.first().alive("a", 1, false),
                stage.first().completed("a", 1, "Hi"),
                stage.first().failed("a", GatewayBound.Cause.FAILED),
                stage.first().rejected(ErrorCode.DEADLINE),
                stage.first().unknown("a"),
                stage.first().moved("a"));

        assertThat(stage.client.heard()).isEmpty();
        assertThat(stage.realm.asked()).containsExactly("withdraw", "cancel a #1", "cancel a #1");
        assertThat(stage.observer.dropped).isEqualTo(9);
    }

    @Test
    void shouldRefuseAGuidThatIsInUseForSomethingElse() {
        Stage stage = Stage.running("a");
        var other = Intents.chat(stage.intent.key().guid(), "Something else", false);
        var receiver = new RecordingReceiver();

        assertThat(stage.intents.isInUse(other)).isTrue();
        assertThat(stage.intents.open(other, new OpenIntents.Wish(true, 1_000, null), receiver, stage.now))
                .isEqualTo(OpenIntents.Opened.GUID_IN_USE);
        assertThat(stage.intents.isInUse(stage.intent)).isFalse();
        assertThat(receiver.heard()).isEmpty();
        assertThat(stage.realm.asked()).isEmpty();
    }

    @Test
    void shouldSayAgainThatItWaitsWhenNothingChanges() {
        Stage stage = Stage.placed();
        for (int i = 0; i < 10; i++) {
            stage.hear(stage.first().waiting(3));
            stage.pass(1_700);
        }

        assertThat(stage.client.heard()).hasSize(10).allMatch(each -> each.startsWith("queued 3"));
    }

    @Test
    void shouldSayThatItWaitsWhereNoDispatcherAnswers() {
        Stage stage = Stage.placed();

        stage.pass(1_400);
        assertThat(stage.client.heard()).isEmpty();
        stage.pass(4_600);

        assertThat(stage.client.heard()).hasSize(4).allMatch("queued"::equals);
    }

    @Test
    void shouldNotGoOnSayingAPlaceThatNobodyKnowsAnyMore() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().waiting(3));
        stage.intents.dispatcherLost(stage.now);

        stage.pass(1_600);

        assertThat(stage.client.heard()).containsExactly("queued 3", "queued");
    }
}
