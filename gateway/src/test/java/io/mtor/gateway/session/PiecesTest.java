// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Answers;
import io.mtor.gateway.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pieces of an answer: in order, once, and credited as they leave. */
class PiecesTest {

    private final Stage stage = Stage.running("a");

    private final Answers first = stage.first();

    @Test
    void shouldHandOnPiecesAndTheEnd() {
        stage.hear(
                first.text("a", 0, "Hel"),
                first.progress("a", 1, 5),
                first.text("a", 2, "lo"),
                first.completed("a", 3, "Hello"));

        stage.assertThatHeard("chunk 0 Hel", "progress 1 5", "chunk 2 lo", "result Hello");
        assertThat(stage.intents.size()).isZero();
        assertThat(stage.observer.firstPieces).isOne();
        assertThat(stage.observer.ended).containsExactly("result");
    }

    @Test
    void shouldHandOnARepeatedPieceOnce() {
        stage.hear(
                first.text("a", 0, "Hel"),
                first.text("a", 0, "Hel"),
                first.text("a", 1, "lo"),
                first.text("a", 0, "Hel"));

        stage.assertThatHeard("chunk 0 Hel", "chunk 1 lo");
    }

    @Test
    void shouldAskForWhatIsMissingButNotAtEveryPiece() {
        stage.hear(first.text("a", 0, "x"), first.text("a", 2, "z"), first.text("a", 3, "!"));
        assertThat(stage.realm.asked()).containsExactly("resume a after 0");

        stage.now += 299;
        stage.hear(first.text("a", 4, "!"));
        assertThat(stage.realm.asked()).isEmpty();

        stage.now += 1;
        stage.hear(first.text("a", 5, "!"));
        assertThat(stage.realm.asked()).containsExactly("resume a after 0");
        stage.assertThatHeard("chunk 0 x");
    }

    @Test
    void shouldAskForWhatIsMissingAtTheEnd() {
        stage.hear(first.text("a", 0, "x"), first.completed("a", 2, "xy"));

        assertThat(stage.realm.asked()).containsExactly("resume a after 0");
        stage.assertThatHeard("chunk 0 x");

        stage.hear(first.text("a", 1, "y"), first.completed("a", 2, "xy"));
        stage.assertEnded("result xy");
    }

    @Test
    void shouldTakeNoPieceOfAnotherAttempt() {
        stage.hear(
                first.text("a", 0, "x"),
                stage.attempt(2).text("a", 1, "y"),
                stage.attempt(2).completed("a", 1, "no"));

        stage.assertThatHeard("chunk 0 x");
        assertThat(stage.realm.asked()).containsExactly("cancel a #2", "cancel a #2");
    }

    @Test
    void shouldHandOnTheMediaInParts() {
        stage.hear(
                first.media("a", 0, 0, 10, false),
                first.media("a", 0, 0, 10, false),
                first.media("a", 0, 10, 5, true),
                first.text("a", 1, "there"),
                first.completed("a", 2, "there"));

        stage.assertThatHeard("media 0 @0 10", "media 0 @10 5 last", "chunk 1 there", "result there");
    }

    @Test
    void shouldAskForAPartThatIsMissing() {
        stage.hear(first.media("a", 0, 0, 10, false), first.media("a", 0, 20, 5, true));
        assertThat(stage.realm.asked()).containsExactly("resume a after -1");

        stage.hear(
                first.media("a", 0, 0, 10, false),
                first.media("a", 0, 10, 10, false),
                first.media("a", 0, 20, 5, true));
        stage.assertThatHeard("media 0 @0 10", "media 0 @10 10", "media 0 @20 5 last");
    }

    @Test
    void shouldGiveTheMediaWholeToAClientThatWantsNoStream() {
        Stage plain = Stage.running("a", Intents.chat("Paint"), false);

        plain.hear(
                first(plain).progress("a", 0, 5),
                first(plain).media("a", 1, 0, 10, false),
                first(plain).media("a", 1, 10, 5, true),
                first(plain).completed("a", 2, "a picture"));

        assertThat(plain.client.messages())
                .singleElement()
                .isInstanceOfSatisfying(ServerMessage.Result.class, result -> {
                    assertThat(result.media()).containsExactly(Media.whole("image/png", Bytes.of(new byte[15])));
                    assertThat(result.resultText()).isEqualTo("a picture");
                });
    }

    @Test
    void shouldNotMixTheMediaOfTwoAttempts() {
        Stage plain = Stage.running("a", Intents.chat("Paint"), false);
        plain.hear(first(plain).media("a", 0, 0, 10, false), first(plain).failed("a", GatewayBound.Cause.FAILED));

        plain.hear(
                plain.attempt(2).accepted("b"),
                plain.attempt(2).media("b", 0, 0, 7, true),
                plain.attempt(2).completed("b", 1, ""));

        assertThat(plain.client.last())
                .isInstanceOfSatisfying(ServerMessage.Result.class, result -> assertThat(result.media())
                        .containsExactly(Media.whole("image/png", Bytes.of(new byte[7]))));
    }

    @Test
    void shouldDeclareAMediumThatWasHalfShownVoid() {
        stage.hear(first.media("a", 0, 0, 10, false), first.failed("a", GatewayBound.Cause.FAILED));

        stage.assertThatHeard("media 0 @0 10", "restart #2");
    }

    @Test
    void shouldCreditEveryFewPieces() {
        for (int seq = 0; seq < 130; seq++) {
            stage.hear(first.text("a", seq, "x"));
        }

        assertThat(stage.realm.asked()).containsExactly("credit a #1 63", "credit a #1 127");
    }

    @Test
    void shouldCreditEverySoManyBytes() {
        String big = "x".repeat(40_000);
        stage.hear(first.text("a", 0, big), first.text("a", 1, big), first.text("a", 2, big));
        assertThat(stage.realm.asked()).containsExactly("credit a #1 1");

        var preview = Media.whole("image/jpeg", Bytes.of(new byte[30_000]));
        stage.hear(new GatewayBound.Progress(stage.intent.key(), 1, new WorkerId("a"), 3, 1, 2, preview));
        assertThat(stage.realm.asked()).containsExactly("credit a #1 3");
    }

    @Test
    void shouldHoldBackCreditsWhileTheClientDoesNotRead() {
        stage.client.congested(true);
        for (int seq = 0; seq < 100; seq++) {
            stage.hear(first.text("a", seq, "x"));
        }
        assertThat(stage.realm.asked()).isEmpty();

        stage.client.congested(false);
        stage.intents.receiverReady(List.of(stage.intent.key()), stage.now);
        assertThat(stage.realm.asked()).containsExactly("credit a #1 99");

        stage.intents.receiverReady(List.of(stage.intent.key()), stage.now);
        assertThat(stage.realm.asked()).isEmpty();
    }

    private static Answers first(Stage stage) {
        return stage.first();
    }
}
