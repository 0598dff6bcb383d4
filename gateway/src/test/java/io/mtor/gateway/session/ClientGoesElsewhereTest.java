// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that goes on at another gateway, with what it has seen. */
class ClientGoesElsewhereTest {

    // ---- back at the same gateway

    @Test
    void shouldGoOnAtAnotherGateway() {
        Stage stage = Stage.resuming("a", 4, 2);
        assertThat(stage.realm.asked()).containsExactly("resume a after 4");

        stage.hear(
                stage.attempt(2).accepted("a"),
                stage.attempt(2).text("a", 5, "y"),
                stage.attempt(2).completed("a", 6, "xy"));

        stage.assertThatHeard("accepted a #2", "chunk 5 y", "result xy");
    }

    @Test
    void shouldSayRestartIfTheWorkerIsAtAnotherAttempt() {
        Stage stage = Stage.resuming("a", 4, 1);
        stage.quiet();

        stage.hear(stage.attempt(2).accepted("a"), stage.attempt(2).text("a", 5, "y"));
        stage.assertThatHeard("restart #2");
        assertThat(stage.realm.asked()).contains("resume a after -1");

        stage.hear(stage.attempt(2).accepted("a"), stage.attempt(2).text("a", 0, "new"));
        stage.assertThatHeard("accepted a #2", "chunk 0 new");
    }

    @Test
    void shouldDispatchAnewWhatTheWorkerKnowsNothingOf() {
        Stage stage = Stage.resuming("a", 4, 3);
        stage.quiet();

        stage.hear(stage.first().unknown("a"));

        // An attempt above all that the client and the realm have seen.
        assertThat(stage.realm.asked()).containsExactly("place #4");
        stage.assertThatHeard("restart #4");
    }

    @Test
    void shouldSayNoRestartIfTheClientHadSeenNothing() {
        Stage stage = Stage.resuming("a", -1, null);
        stage.quiet();

        stage.hear(stage.first().unknown("a"));

        assertThat(stage.realm.asked()).containsExactly("place #2");
        assertThat(stage.client.heard()).isEmpty();
    }

    /** Another gateway has had a later attempt begun, of which this one's client has been told elsewhere. */
    @Test
    void shouldSayNoRestartIfTheWorkerIsAtALaterAttemptAndNothingWasShownHere() {
        Stage stage = Stage.placed();
        stage.hear(stage.first().moved("a"));
        stage.intents.receiverHeard(List.of(stage.intent.key()), stage.now);
        stage.quiet();

        stage.hear(stage.attempt(2).accepted("a"), stage.attempt(2).text("a", 0, "Hi"));

        stage.assertThatHeard("accepted a #2", "chunk 0 Hi");
    }

    @Test
    void shouldAskAgainAndThenDispatchAnewWhenTheWorkerDoesNotAnswer() {
        Stage stage = Stage.resuming("a", 4, 1);
        stage.quiet();

        stage.pass(1_400);
        assertThat(stage.realm.asked()).containsOnly("resume a after 4").hasSize(4);
        stage.pass(100);

        assertThat(stage.realm.asked()).containsExactly("place #2");
        stage.assertThatHeard("restart #2");
        stage.hear(stage.first().text("a", 5, "late"));
        assertThat(stage.realm.asked()).containsExactly("cancel a #1");
    }

    @Test
    void shouldDispatchAnewWhenTheWorkerIsGone() {
        Stage stage = Stage.resuming("a", 4, 1);
        stage.quiet();

        stage.intents.workerLost(new WorkerId("a"), "gone", stage.now);

        assertThat(stage.realm.asked()).containsExactly("place #2");
    }

    @Test
    void shouldFollowAClientThatComesBackOnceMoreWhileItResumes() {
        Stage stage = Stage.resuming("a", 4, 1);
        stage.comeBack(2, 1);
        stage.quiet();

        stage.hear(stage.first().text("a", 5, "z"));
        assertThat(stage.realm.asked()).containsExactly("resume a after 2");
        stage.hear(
                stage.first().text("a", 3, "x"),
                stage.first().text("a", 4, "y"),
                stage.first().text("a", 5, "z"));

        stage.assertThatHeard("accepted a #1", "chunk 3 x", "chunk 4 y", "chunk 5 z");
    }

    @Test
    void shouldForgetItIfTheClientHasGoneOnYetElsewhere() {
        Stage stage = Stage.resuming("a", 4, 1);
        stage.goAway();

        stage.hear(stage.first().moved("a"));

        assertThat(stage.intents.size()).isZero();
    }

    /** The connection that was dead when the client went elsewhere is found to be so just before the client is back. */
    @Test
    void shouldGoOnWithAClientThatIsBackAsSoonAsItsOldConnectionIsFoundDead() {
        Stage stage = Stage.running("a");
        stage.pass(2_000);
        stage.hear(stage.first().moved("a"));
        stage.quiet();

        stage.goAway();
        stage.comeBack(-1, 1);

        assertThat(stage.realm.asked()).containsExactly("resume a after -1");
    }

    /** Two gateways that both believe to have the client would cancel each other's attempts until none is left. */
    @Test
    void shouldBeginAnewWhatSomebodyElseCancelledOnlyIfTheClientIsHere() {
        Stage stage = Stage.running("a");

        stage.hear(stage.first().failed("a", Cause.CANCELLED));

        stage.assertThatHeard("are you there?");
        assertThat(stage.realm.asked()).isEmpty();

        stage.intents.receiverHeard(List.of(stage.intent.key()), stage.now);
        stage.hear(stage.first().accepted("a"), stage.first().failed("a", Cause.CANCELLED));

        assertThat(stage.realm.asked()).containsExactly("resume a after -1", "cancel a #1", "place #2");
    }

    @Test
    void shouldForgetWhatSomebodyElseCancelledIfTheClientIsNotHere() {
        Stage stage = Stage.running("a");
        stage.hear(stage.first().failed("a", Cause.CANCELLED));

        stage.goAway();

        assertThat(stage.intents.size()).isZero();
        assertThat(stage.realm.asked()).isEmpty();
    }

    /** As over HTTP, where one can neither be asked nor come back. */
    @Test
    void shouldBeginAnewAtOnceIfTheClientCannotBeElsewhere() {
        Stage stage = Stage.running("a");
        stage.client.mute();

        stage.hear(stage.first().failed("a", Cause.CANCELLED));

        assertThat(stage.realm.asked()).containsExactly("cancel a #1", "place #2");
    }

    @Test
    void shouldNotBeginAnewForEverWhatIsCancelledAgainAndAgain() {
        Stage stage = Stage.running("a");
        stage.client.mute();

        for (int attempt = 1; stage.intents.size() > 0 && attempt < 100; attempt++) {
            stage.hear(
                    stage.attempt(attempt).accepted("a"), stage.attempt(attempt).failed("a", Cause.CANCELLED));
        }

        stage.assertEnded("error worker-lost");
    }
}
