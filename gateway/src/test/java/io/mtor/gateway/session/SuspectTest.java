// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Answers;
import io.mtor.gateway.testing.CountingObserver;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingRealm;
import io.mtor.gateway.testing.RecordingReceiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An intent that a worker died with may be why: it runs alone, so that the next death convicts it and hurts no other. */
class SuspectTest {

    private static void dies(Stage stage, String worker) {
        stage.intents.workerLost(new WorkerId(worker), "its process is gone", stage.now);
    }

    @Test
    void shouldRunAloneAfterAWorkerDiedWithIt() {
        Stage stage = Stage.running("a");

        dies(stage, "a");

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a] alone");
    }

    @Test
    void shouldNotSuspectAnAnswerThatHadBegunBeforeASecondWorkerDies() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "Hi"));

        dies(stage, "a");
        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a]");

        stage.hear(stage.attempt(2).accepted("b"), stage.attempt(2).text("b", 0, "Hi"));
        dies(stage, "b");
        assertThat(stage.realm.asked()).containsExactly("cancel b #2", "place #3 not [a, b] alone");
    }

    @Test
    void shouldBeConvictedWhenAWorkerDiesThatHadNothingElse() {
        Stage stage = Stage.running("a");
        dies(stage, "a");
        stage.hear(stage.attempt(2).accepted("b"));

        dies(stage, "b");

        stage.assertEnded("error worker-error");
    }

    @Test
    void shouldNotBeConvictedOnceItHasBegunToAnswerBecauseThenItHasCompany() {
        Stage stage = Stage.running("a");
        dies(stage, "a");
        stage.hear(stage.attempt(2).accepted("b"), stage.attempt(2).text("b", 0, "Hi"));
        stage.realm.asked();

        dies(stage, "b");

        assertThat(stage.realm.asked()).containsExactly("cancel b #2", "place #3 not [a, b] alone");
    }

    @Test
    void shouldBeConvictedByAThirdDeathThatItWasSuspectedToCauseThoughItHadBegun() {
        Stage stage = Stage.running("a");
        dies(stage, "a");
        stage.hear(stage.attempt(2).accepted("b"), stage.attempt(2).text("b", 0, "Hi"));
        dies(stage, "b");
        stage.hear(stage.attempt(3).accepted("c"), stage.attempt(3).text("c", 0, "Hi"));

        dies(stage, "c");

        stage.assertEnded("error worker-error");
    }

    @Test
    void shouldBeConvictedBySilenceToo() {
        Stage stage = Stage.running("a");
        stage.pass(3_600);
        stage.hear(stage.attempt(2).accepted("b"));

        stage.pass(3_600);

        stage.assertEnded("error worker-error");
    }

    @Test
    void shouldSucceedIfItWasInnocent() {
        Stage stage = Stage.running("a");
        dies(stage, "a");

        stage.hear(stage.attempt(2).accepted("b"), stage.attempt(2).completed("b", 0, "Hi"));

        assertThat(stage.observer.ended).containsExactly("result");
    }

    @Test
    void shouldStaySuspectedWhenItFailsInPeace() {
        Stage stage = Stage.running("a");
        dies(stage, "a");
        stage.hear(stage.attempt(2).accepted("b"));
        stage.realm.asked();

        stage.hear(stage.attempt(2).failed("b", Cause.FAILED));

        assertThat(stage.realm.asked()).containsExactly("cancel b #2", "place #3 not [a, b] alone");
    }

    @Test
    void shouldNotSuspectWhatAWorkerHandedBackOrFailed() {
        Stage stage = Stage.running("a");

        stage.hear(stage.first().failed("a", Cause.HANDED_BACK));

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2 not [a]");
    }

    @Test
    void shouldSuspectOfACrowdThatWasLostAtOnceOnlyWhatWasBegunLast() {
        var realm = new RecordingRealm();
        var intents = new OpenIntents(Intents.patience(), realm, new CountingObserver(), AnswerListener.NONE);
        for (int i = 0; i < 30; i++) {
            long now = i == 17 ? 100 : i;
            Intent intent = Intents.chat("Hello " + i);
            intents.open(intent, new OpenIntents.Wish(true, 60_000, null), new RecordingReceiver(), now);
            intents.receive(new Answers(intent.key(), 1).accepted("a"), now);
        }
        realm.asked();

        intents.workerLost(new WorkerId("a"), "its process is gone", 200);

        List<String> placed = new ArrayList<>(realm.asked());
        placed.removeIf(each -> each.startsWith("cancel"));
        assertThat(placed).hasSize(30);
        assertThat(placed.getFirst()).endsWith("alone");
        assertThat(placed.subList(1, 30)).noneMatch(each -> each.endsWith("alone"));
    }

    @Test
    void shouldSuspectOthersOnceTheFirstAreInnocent() {
        var retries = new Retries(new SessionConfig.RetryLimits(20, 3, 1));
        var first = Intents.chat("first").key();
        var second = Intents.chat("second").key();

        assertThat(retries.suspect(first)).isTrue();
        assertThat(retries.suspect(second)).isFalse();
        retries.forget(first);
        assertThat(retries.suspect(second)).isTrue();
    }
}
