// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An intent that ends while its client is away, which comes back for the end. */
class EndsWhileAwayTest {

    @Test
    void shouldEndWithTheLastPieceIfTheEndIsKnown() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "Hi"));
        stage.goAway();
        stage.hear(stage.first().text("a", 1, " there"), stage.first().completed("a", 2, "Hi there"));
        stage.comeBack(0, 1);
        stage.quiet();

        // When the worker sends the last piece again, and its end is lost on the way
        stage.hear(stage.first().text("a", 1, " there"));

        stage.assertEnded("result Hi there");
    }

    @Test
    void shouldForgetTheEndOfAnAttemptThatIsOver() {
        // Given an end that was kept, while another gateway began a second attempt at the same worker
        Stage stage = Stage.running("a");
        stage.goAway();
        stage.hear(stage.first().text("a", 0, "old"), stage.first().completed("a", 1, "old"));
        stage.comeBack(-1, 1);
        stage.pass(1_000);
        stage.hear(stage.first().moved("a"));
        stage.intents.receiverHeard(List.of(stage.intent.key()), stage.now);
        stage.quiet();

        stage.hear(
                stage.attempt(2).accepted("a"),
                stage.attempt(2).text("a", 0, "new"),
                stage.attempt(2).completed("a", 1, "new"));

        stage.assertThatHeard("accepted a #2", "chunk 0 new", "result new");
    }

    @Test
    void shouldKeepTheEndOfAPlainIntentForItsClient() {
        Stage stage = Stage.running("a", Intents.chat("Hello"), false);
        stage.goAway();
        stage.hear(stage.first().completed("a", 0, "Hi"));
        stage.pass(20_000);

        stage.comeBack(-1, 1);

        stage.assertEnded("result Hi");
        assertThat(stage.observer.ended).containsExactly("result");
    }

    @Test
    void shouldKeepAFailureForAWhileAfterItHappened() {
        Stage stage = Stage.running("a", Intents.detached("Hello"), true);
        stage.goAway();
        for (int seq = 0; seq < 10; seq++) {
            stage.hear(stage.first().text("a", seq, "x"));
            stage.passAlive(40_000, stage.first().alive("a", seq + 1, false));
        }
        stage.hear(stage.first().failed("a", Cause.BAD_INPUT));
        stage.pass(20_000);

        stage.comeBack(-1, 1);

        stage.assertEnded("error worker-error");
    }

    @Test
    void shouldGoOnWithADetachedIntentAndGiveItsEndLater() {
        Stage stage = Stage.running("a", Intents.detached("Hello"), true);
        stage.hear(stage.first().text("a", 0, "x"));
        stage.goAway();
        stage.hear(stage.first().text("a", 1, "y"), stage.first().completed("a", 2, "xy"));
        stage.quiet();
        stage.pass(40 * 60_000);
        assertThat(stage.realm.asked()).isEmpty();

        // When the client is back after forty minutes and lacks a piece
        stage.comeBack(0, 1);
        assertThat(stage.realm.asked()).containsExactly("resume a after 0");
        stage.hear(
                stage.first().accepted("a"),
                stage.first().text("a", 1, "y"),
                stage.first().completed("a", 2, "xy"));

        stage.assertThatHeard("accepted a #1", "chunk 1 y", "result xy");
        assertThat(stage.intents.size()).isZero();
    }

    @Test
    void shouldGiveTheKeptTextWhenTheWorkerHasForgottenIt() {
        Stage stage = Stage.running("a", Intents.detached("Hello"), true);
        stage.goAway();
        stage.hear(stage.first().text("a", 0, "x"), stage.first().completed("a", 1, "x"));
        stage.intents.workerLost(new WorkerId("a"), "gone", stage.now);
        stage.pass(60_000);
        stage.comeBack(-1, 1);
        stage.hear(stage.first().unknown("a"));

        stage.assertEnded("result x");
        assertThat(stage.observer.dispatchedAgain).isEmpty();
    }

    @Test
    void shouldGiveTheKeptEndAtOnceToAClientThatHasAllPieces() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().text("a", 0, "x"));
        stage.goAway();
        stage.hear(stage.first().completed("a", 1, "x"));
        stage.comeBack(0, 1);

        stage.assertEnded("result x");
    }
}
