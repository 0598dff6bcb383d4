// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows when a worker fails, falls silent, stands still or goes. */
class WorkerTroubleTest {

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"NO_MODEL", "NEEDS_KEY", "FAILED", "GONE", "BUSY", "HANDED_BACK"})
    void shouldTryAnotherWorker(Cause cause) {
        Stage stage = Stage.running("a");

        stage.hear(stage.first().failed("a", cause));

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a]");
        assertThat(stage.client.heard()).isEmpty();
    }

    @Test
    void shouldNotTryAnotherWhenTheFaultIsTheUsers() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().failed("a", Cause.BAD_INPUT));
        stage.assertEnded("error worker-error");

        Stage late = Stage.running("a");
        late.hear(late.first().failed("a", Cause.DEADLINE));
        late.assertEnded("error deadline");
    }

    @Test
    void shouldSayRestartOnlyIfSomethingWasShown() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "Hel"), stage.first().failed("a", Cause.FAILED));

        stage.assertThatHeard("chunk 0 Hel", "restart #2");

        stage.hear(
                stage.attempt(2).accepted("b"),
                stage.attempt(2).text("b", 0, "Hello"),
                stage.attempt(2).completed("b", 1, "Hello"));
        stage.assertThatHeard("accepted b #2", "chunk 0 Hello", "result Hello");
    }

    @Test
    void shouldGiveUpAfterThreeFailures() {
        Stage stage = Stage.placed();
        for (int attempt = 1; attempt <= 3; attempt++) {
            stage.hear(
                    stage.attempt(attempt).accepted("w" + attempt),
                    stage.attempt(attempt).failed("w" + attempt, Cause.FAILED));
        }

        stage.assertEnded("error worker-error");
        assertThat(stage.observer.dispatchedAgain).containsExactly("worker-failed", "worker-failed");
    }

    @Test
    void shouldGiveUpAfterThreeWorkersThatHang() {
        Stage stage = Stage.placed();
        for (int attempt = 1; attempt <= 3; attempt++) {
            stage.hear(stage.attempt(attempt).accepted("w" + attempt));
            stage.passAlive(151_000, stage.attempt(attempt).alive("w" + attempt, 0, false));
        }

        stage.assertEnded("error worker-lost");
    }

    @Test
    void shouldNotCountABusyOrLeavingWorkerAsAFailure() {
        Stage stage = Stage.placed();
        for (int attempt = 1; attempt <= 20; attempt++) {
            Cause cause = attempt % 2 == 0 ? Cause.BUSY : Cause.HANDED_BACK;
            stage.hear(
                    stage.attempt(attempt).accepted("w" + attempt),
                    stage.attempt(attempt).failed("w" + attempt, cause));
        }
        assertThat(stage.client.terminals()).isZero();
        assertThat(stage.observer.dispatchedAgain).containsOnly("handed-back").hasSize(20);

        stage.hear(stage.attempt(21).accepted("z"), stage.attempt(21).failed("z", Cause.BUSY));
        stage.assertEnded("error worker-lost");
    }

    @Test
    void shouldProbeAWorkerThatSaysNothingAndThenLeaveIt() {
        Stage stage = Stage.running("a");

        stage.pass(1_000);
        assertThat(stage.realm.asked()).containsExactly("probe a");
        stage.pass(2_000);
        assertThat(stage.realm.asked()).containsExactly("probe a", "probe a");
        stage.pass(500);
        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a] alone");
    }

    @Test
    void shouldStayWithAWorkerThatSaysItHasIt() {
        Stage stage = Stage.running("a");

        stage.passAlive(100_000, stage.first().alive("a", 0, false));

        assertThat(stage.realm.asked()).containsOnly("probe a");
    }

    @Test
    void shouldLeaveAWorkerThatMakesNoProgress() {
        Stage stage = Stage.running("a");
        stage.passAlive(149_000, stage.first().alive("a", 0, false));
        assertThat(stage.realm.asked()).containsOnly("probe a");
        stage.passAlive(2_000, stage.first().alive("a", 0, false));
        assertThat(stage.realm.asked()).contains("cancel a #1", "place #2 not [a]");

        Stage begun = Stage.running("a");
        begun.hear(begun.first().text("a", 0, "Hel"));
        begun.passAlive(44_000, begun.first().alive("a", 1, false));
        assertThat(begun.realm.asked()).containsOnly("probe a");
        begun.passAlive(2_000, begun.first().alive("a", 1, false));
        assertThat(begun.realm.asked()).contains("cancel a #1", "place #2 not [a]");
    }

    @Test
    void shouldNotBlameAWorkerForAClientThatDoesNotRead() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "Hel"));
        stage.client.congested(true);
        stage.passAlive(60_000, stage.first().alive("a", 1, false));
        stage.client.congested(false);
        stage.intents.receiverReady(List.of(stage.intent.key()), stage.now);

        stage.passAlive(10_000, stage.first().alive("a", 1, false));

        assertThat(stage.client.heard()).containsExactly("chunk 0 Hel");
        assertThat(stage.realm.asked()).doesNotContain("place #2 not [a]");
    }

    @Test
    void shouldAskForWhatAnAliveWorkerHasAndWeHaveNot() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().alive("a", 2, false));
        assertThat(stage.realm.asked()).containsExactly("resume a after -1");

        Stage ended = Stage.running("a");
        ended.hear(ended.first().text("a", 0, "x"), ended.first().alive("a", 1, true));
        assertThat(ended.realm.asked()).containsExactly("resume a after 0");

        Stage even = Stage.running("a");
        even.hear(even.first().text("a", 0, "x"), even.first().alive("a", 1, false));
        assertThat(even.realm.asked()).isEmpty();
    }

    @Test
    void shouldDispatchAgainWhatItsWorkerKnowsNothingOf() {
        Stage stage = Stage.running("a");

        stage.hear(stage.first().unknown("b"));
        assertThat(stage.realm.asked()).isEmpty();
        stage.hear(stage.first().unknown("a"));

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a]");
    }

    @Test
    void shouldLeaveOtherIntentsWithTheirWorkers() {
        Stage stage = Stage.running("a");

        stage.intents.workerLost(new WorkerId("b"), "gone", stage.now);
        assertThat(stage.realm.asked()).isEmpty();
        stage.intents.workerLost(new WorkerId("a"), "gone", stage.now);

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a] alone");
    }

    @Test
    void shouldStopTheOldWorkerWhenItWakesUp() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "old"));
        stage.pass(3_500);
        stage.hear(stage.attempt(2).accepted("b"));
        stage.quiet();

        stage.hear(stage.first().text("a", 1, " words"), stage.first().completed("a", 2, "old words"));

        assertThat(stage.client.heard()).isEmpty();
        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "cancel a #1");
    }

    @Test
    void shouldForgetAnIntentThatWentToAnotherGateway() {
        Stage stage = Stage.running("a");
        stage.goAway();

        stage.hear(stage.first().moved("b"));
        assertThat(stage.intents.size()).isOne();
        stage.hear(stage.first().moved("a"));

        assertThat(stage.intents.size()).isZero();
        assertThat(stage.realm.asked()).isEmpty();
        assertThat(stage.client.terminals()).isZero();
    }

    @Test
    void shouldEndOnceWhateverComesAfterwards() {
        Stage stage = Stage.running("a", Intents.chat("Hello"), false);
        stage.hear(
                stage.first().completed("a", 0, "Hi"),
                stage.first().completed("a", 0, "Hi"),
                stage.first().failed("a", Cause.FAILED));
        stage.intents.cancel(stage.intent.key(), stage.now);
        stage.pass(Stage.DEADLINE);

        stage.assertEnded("result Hi");
        assertThat(stage.observer.ended).containsExactly("result");
    }
}
