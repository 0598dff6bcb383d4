// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.retry.Backoff;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingReceiver;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that loses its connection and comes back, here or at another gateway. */
class ClientComesAndGoesTest {

    // ---- back at the same gateway

    @Test
    void shouldGoOnWhereTheClientWas() {
        Stage stage = Stage.running("a");
        stage.hear(
                stage.first().text("a", 0, "x"),
                stage.first().text("a", 1, "y"),
                stage.first().text("a", 2, "z"));
        stage.goAway();
        stage.comeBack(0, 1);

        assertThat(stage.realm.asked()).containsExactly("resume a after 0");
        stage.hear(
                stage.first().accepted("a"),
                stage.first().text("a", 1, "y"),
                stage.first().text("a", 2, "z"),
                stage.first().completed("a", 3, "xyz"));
        stage.assertThatHeard("accepted a #1", "chunk 1 y", "chunk 2 z", "result xyz");
    }

    @Test
    void shouldStartOverForAClientThatHasNothing() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "x"));
        stage.client = new RecordingReceiver();
        stage.open(null);

        assertThat(stage.realm.asked()).containsExactly("resume a after -1");
        stage.hear(stage.first().text("a", 0, "x"));
        stage.assertThatHeard("accepted a #1", "chunk 0 x");
    }

    @Test
    void shouldGoOnWhereTheClientGotToElsewhere() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "x"));
        stage.comeBack(7, 1);

        assertThat(stage.realm.asked()).containsExactly("resume a after 7");
    }

    @Test
    void shouldFollowAClientThatWasServedByAnotherWorkerMeanwhile() {
        Stage stage = Stage.running("b");
        stage.goAway();
        stage.comeBack(7, 1);
        assertThat(stage.realm.asked()).containsExactly("cancel b #1", "resume a after 7");

        Stage later = Stage.running("a");
        later.comeBack(7, 3);
        assertThat(later.realm.asked()).containsExactly("cancel a #1", "resume a after 7");
        later.hear(later.attempt(3).text("a", 8, "y"));
        assertThat(later.client.heard()).containsExactly("accepted a #3", "chunk 8 y");

        Stage waiting = Stage.placed();
        waiting.hear(waiting.first().waiting(1));
        waiting.comeBack(7, 1);
        assertThat(waiting.realm.asked()).containsExactly("withdraw", "resume a after 7");
    }

    @Test
    void shouldTellAClientWhoseAttemptIsOverWhileItIsPlacedAgain() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "x"), stage.first().failed("a", Cause.FAILED));
        stage.comeBack(0, 1);

        stage.assertThatHeard("restart #2");
    }

    @Test
    void shouldNotTakeYesterdaysNewsForTheClientHavingLeft() {
        Stage stage = Stage.running("a");
        stage.comeBack(-1, 1);
        stage.quiet();

        stage.hear(stage.first().moved("a"), stage.first().text("a", 0, "x"));

        stage.assertThatHeard("chunk 0 x");
    }

    @Test
    void shouldLeaveAnIntentToTheGatewayItsClientWentTo() {
        // Given a connection whose death has not been noticed yet
        Stage stage = Stage.running("a");
        stage.pass(900);
        stage.now += 100;

        // When the worker says that it answers another gateway, nothing is asked of it any more
        stage.hear(stage.first().moved("a"));
        stage.pass(60_000);
        assertThat(stage.realm.asked()).isEmpty();

        // And when the death is noticed, nothing is left, and nothing was cancelled
        stage.goAway();
        stage.pass(100);
        assertThat(stage.realm.asked()).isEmpty();
        assertThat(stage.intents.size()).isZero();
    }

    @Test
    void shouldNotGiveAnIntentBackToAnOlderConnectionWhoseWordsArriveLate() {
        Stage stage = Stage.running("a");
        var newer = new RecordingReceiver(2);
        var older = new RecordingReceiver(1);
        var wish = new OpenIntents.Wish(true, 60_000, null);
        stage.intents.open(stage.intent, wish, newer, stage.now);

        stage.intents.open(stage.intent, wish, older, stage.now);
        stage.hear(stage.first().text("a", 0, "x"));

        assertThat(newer.heard()).contains("chunk 0 x");
        assertThat(older.heard()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheLaterAttemptOfAWorkerThatTurnsItAwayIfTheClientIsHere() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().moved("a"));
        stage.assertThatHeard("are you there?");

        stage.intents.receiverHeard(List.of(stage.intent.key()), stage.now);
        assertThat(stage.realm.asked()).containsExactly("resume a after -1");
        stage.hear(stage.attempt(3).accepted("a"), stage.attempt(3).completed("a", 0, "Hi"));
        stage.hear(stage.attempt(3).accepted("a"), stage.attempt(3).completed("a", 0, "Hi"));

        stage.assertEnded("result Hi");
    }

    @Test
    void shouldAskForAnIntentAgainAsSoonAsItsClientShowsThatItIsHere() {
        // Given a worker that an old placement of another gateway has turned away
        Stage stage = Stage.running("a");
        stage.pass(900);
        stage.now += 100;
        stage.quiet();
        stage.hear(stage.first().moved("a"));
        stage.assertThatHeard("are you there?");

        stage.intents.receiverHeard(List.of(stage.intent.key()), stage.now);

        assertThat(stage.realm.asked()).containsExactly("resume a after -1");
        stage.hear(stage.first().accepted("a"), stage.first().completed("a", 0, "Hi"));
        stage.assertEnded("result Hi");
    }

    @Test
    void shouldAskForAnIntentAgainWhoseClientIsAliveHereAfterAll() {
        Stage stage = Stage.running("a");
        stage.pass(900);
        stage.now += 100;
        stage.hear(stage.first().moved("a"));

        stage.pass(70_300);

        assertThat(stage.realm.asked()).containsExactly("resume a after -1");
        stage.hear(stage.first().accepted("a"), stage.first().completed("a", 0, "Hi"));
        stage.assertEnded("result Hi");
    }

    @Test
    void shouldNotPlaceAnythingForAClientThatMayBeElsewhere() {
        Stage stage = Stage.placed();
        stage.goAway();
        stage.pass(5_000);
        stage.intents.dispatcherLost(stage.now);
        assertThat(stage.realm.asked()).isEmpty();

        stage.client = new RecordingReceiver();
        stage.open(null);
        assertThat(stage.realm.asked()).containsExactly("place #1");

        Stage detached = Stage.placed(Intents.detached("Hello"), true);
        detached.goAway();
        detached.pass(700);
        assertThat(detached.realm.asked()).containsExactly("place #1");
    }

    @Test
    void shouldNotGoBackToAnEarlierAttempt() {
        Stage stage = Stage.resuming("a", -1, 2);
        stage.quiet();

        stage.hear(stage.first().accepted("a"));

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #3");
    }

    @Test
    void shouldShowNothingTwiceOnOneConnection() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "x"));
        stage.quiet();

        assertThat(stage.open(null)).isEqualTo(OpenIntents.Opened.ATTACHED);

        assertThat(stage.realm.asked()).isEmpty();
        assertThat(stage.client.heard()).isEmpty();
    }

    @Test
    void shouldIgnoreThatAConnectionIsGoneWhichAnotherHasReplaced() {
        Stage stage = Stage.running("a");
        RecordingReceiver old = stage.client;
        stage.comeBack(-1, 1);
        stage.intents.receiverLost(old, List.of(stage.intent.key()), stage.now);

        stage.hear(stage.first().completed("a", 0, "Hi"));

        stage.assertEnded("result Hi");
        assertThat(old.terminals()).isZero();
    }

    @Test
    void shouldTellARestartThatTheClientMissed() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "old"));
        stage.goAway();
        stage.hear(
                stage.first().failed("a", Cause.FAILED),
                stage.attempt(2).accepted("b"),
                stage.attempt(2).text("b", 0, "n"));
        stage.quiet();
        stage.comeBack(0, 1);

        assertThat(stage.realm.asked()).containsExactly("resume b after -1");
        stage.assertThatHeard("restart #2", "accepted b #2");
    }

    @Test
    void shouldTellARestartThatDiedWithTheConnection() {
        // Given a connection that was dead before anybody noticed: the restart went into it
        Stage stage = Stage.running("a");
        stage.hear(
                stage.first().text("a", 0, "old"),
                stage.first().failed("a", Cause.FAILED),
                stage.attempt(2).accepted("b"),
                stage.attempt(2).text("b", 0, "n"),
                stage.attempt(2).text("b", 1, "ew"));
        stage.quiet();

        // When the client comes back with what it has of the first attempt
        stage.comeBack(0, 1);

        // Then nothing of the two attempts is mixed
        stage.assertThatHeard("restart #2", "accepted b #2");
        assertThat(stage.realm.asked()).containsExactly("resume b after -1");
    }

    @Test
    void shouldSayWhereItWaitsToAClientThatIsBack() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().waiting(4));
        stage.goAway();
        stage.client = new RecordingReceiver();
        stage.open(null);

        stage.assertThatHeard("queued 4");
    }

    @Test
    void shouldCreditAndCountOnWhileTheClientIsAway() {
        Stage stage = Stage.running("a");
        stage.goAway();
        for (int seq = 0; seq < 64; seq++) {
            stage.hear(stage.first().text("a", seq, "x"));
        }

        assertThat(stage.realm.asked()).containsExactly("credit a #1 63");
        stage.comeBack(9, 1);
        assertThat(stage.realm.asked()).containsExactly("resume a after 9");
    }

    @Test
    void shouldNotBlameTheWorkerForTheTimeTheClientWasAway() {
        Stage stage = Stage.running("a", Intents.detached("Hello"), true);
        stage.hear(stage.first().text("a", 0, "x"));
        stage.goAway();
        stage.passAlive(40_000, stage.first().alive("a", 1, false));
        stage.comeBack(0, 1);
        stage.quiet();

        stage.passAlive(10_000, stage.first().alive("a", 1, false));

        assertThat(stage.client.heard()).isEmpty();
    }

    /** A realm that has fallen apart, in which all gateways turn clients away, and then the longest wait and a slow connection. */
    @Test
    void shouldKeepAnIntentForAsLongAsAnHonestClientMayBeAway() {
        long healing = 15_000;
        long connecting = 10_000;

        assertThat(ConfigLoader.defaults(SessionConfig.class).lostReceiver().toMillis())
                .isGreaterThan(healing + Backoff.MAX_MILLIS + connecting);
    }

    @Test
    void shouldEndAnIntentWhoseClientStaysAway() {
        Stage stage = Stage.running("a");
        stage.goAway();
        stage.passAlive(30_000, stage.first().alive("a", 0, false));
        assertThat(stage.intents.isOver(stage.intent.key())).isFalse();

        stage.passAlive(1_000, stage.first().alive("a", 0, false));
        assertThat(stage.realm.asked()).contains("cancel a #1");
        assertThat(stage.observer.ended).containsExactly("cancelled");

        stage.pass(31_000);
        assertThat(stage.intents.size()).isZero();
    }
}
