// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.GATEWAY;
import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCoreTest {

    private static Rig running(int slots) {
        var rig = new Rig(slots);
        return rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));
    }

    private static Reason refusal(Rig rig) {
        return rig.atDispatcher().stream()
                .filter(DispatcherBound.Refused.class::isInstance)
                .map(each -> ((DispatcherBound.Refused) each).reason())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAcceptIntoAFreeSlotAndSayWhatChoosingTook() {
        // When
        var rig = running(1);

        // Then
        assertThat(rig.atGateway())
                .containsExactly(new GatewayBound.Accepted(key(1), 1, Rig.WORKER, "m1", false, 12, 3));
        assertThat(rig.all(Effect.Start.class)).hasSize(1);
        assertThat(rig.core.load().free()).isZero();
    }

    @Test
    void shouldRefuseAtOnceWhenNoSlotIsFree() {
        // Given
        var rig = running(1);

        // When
        rig.turn(now -> rig.core.assign(assign(chat(2, "hello")), now));

        // Then
        assertThat(refusal(rig)).isEqualTo(Reason.NO_FREE_SLOT);
        assertThat(rig.all(Effect.Start.class)).hasSize(1);
    }

    @Test
    void shouldRefuseWhatItDoesNotServe() {
        // Given
        var rig = new Rig(1);

        // When
        rig.turn(now -> rig.core.assign(assign(Intents.intent(1, QueryType.CHAT, "hello", "another", List.of())), now));

        // Then
        assertThat(refusal(rig)).isEqualTo(Reason.NOT_SERVED);
    }

    @Test
    void shouldAnswerTheSameAttemptAgainWithoutASecondRun() {
        // Given
        var rig = running(2);

        // When
        rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));

        // Then
        assertThat(rig.atGateway(GatewayBound.Accepted.class)).hasSize(2);
        assertThat(rig.all(Effect.Start.class)).hasSize(1);
        assertThat(rig.core.load().inFlight()).isEqualTo(1);
    }

    @Test
    void shouldReplayAnEndedAttemptThatIsAssignedAgain() {
        // Given
        var rig = running(1);
        rig.turn(now -> rig.core.text(rig.run(), "hello", now));
        rig.turn(now -> rig.core.completed(rig.run(), null, null, now));
        List<GatewayBound> first = List.copyOf(rig.atGateway());
        rig.effects.clear();

        // When
        rig.turn(now -> rig.core.assign(assign(chat(1, "hello")), now));

        // Then
        assertThat(rig.atGateway()).isEqualTo(first);
        assertThat(rig.all(Effect.Start.class)).isEmpty();
    }

    @Test
    void shouldBeginAnewForAHigherAttemptAndTurnALowerOneAway() {
        // Given
        var rig = running(1);
        long first = rig.run();

        // When
        rig.turn(now -> rig.core.assign(assign(chat(1, "hello"), 3), now))
                .turn(now -> rig.core.assign(assign(chat(1, "hello"), 2), now));

        // Then
        assertThat(rig.all(Effect.Stop.class)).containsExactly(new Effect.Stop(first));
        assertThat(rig.all(Effect.Start.class)).hasSize(2);
        assertThat(rig.terminals()).hasSize(1);
        assertThat(rig.atGateway(GatewayBound.Accepted.class).getLast().attempt())
                .isEqualTo(3);
        assertThat(rig.all(Effect.ToDispatcher.class).stream().map(Effect.ToDispatcher::message))
                .filteredOn(DispatcherBound.Refused.class::isInstance)
                .extracting(refused -> ((DispatcherBound.Refused) refused).reason())
                .containsExactly(DispatcherBound.Reason.OUTDATED);
    }

    @Test
    void shouldMakeOnePieceOfTheTextOfOneTurn() {
        // Given
        var rig = running(1);

        // When
        rig.effects.addAll(rig.core.text(rig.run(), "a", rig.now));
        rig.effects.addAll(rig.core.text(rig.run(), "b", rig.now));
        rig.turn(now -> rig.core.text(rig.run(), "c", now)).turn(now -> rig.core.text(rig.run(), "d", now));

        // Then
        assertThat(rig.atGateway(GatewayBound.Text.class))
                .containsExactly(
                        new GatewayBound.Text(key(1), 1, Rig.WORKER, 0, "abc"),
                        new GatewayBound.Text(key(1), 1, Rig.WORKER, 1, "d"));
    }

    @Test
    void shouldCutAMediumIntoPartsOfOneSeq() {
        // Given
        var rig = running(1);
        byte[] picture = new byte[150_000];
        picture[149_999] = 7;

        // When
        rig.turn(now -> rig.core.medium(rig.run(), Media.whole("image/png", Bytes.of(picture)), now));

        // Then
        var parts = rig.atGateway(GatewayBound.MediaPart.class);
        assertThat(parts)
                .hasSize(3)
                .allMatch(part -> part.seq() == 0 && part.data().length() <= 65_536);
        assertThat(parts).extracting(GatewayBound.MediaPart::offset).containsExactly(0, 65_536, 131_072);
        assertThat(parts).extracting(GatewayBound.MediaPart::last).containsExactly(false, false, true);
    }

    @Test
    void shouldEndWithTheWholeTextAndTheTimesOfItsStages() {
        // Given
        var rig = running(1);

        // When
        rig.pass(300).turn(now -> rig.core.text(rig.run(), "hello ", now));
        rig.pass(200).turn(now -> rig.core.text(rig.run(), "world", now));
        rig.pass(100).turn(now -> rig.core.completed(rig.run(), null, null, now));

        // Then
        assertThat(rig.terminals())
                .containsExactly(
                        new GatewayBound.Completed(key(1), 1, Rig.WORKER, 2, "hello world", "m1", null, 300, 600));
        assertThat(rig.core.load().free()).isEqualTo(1);
        assertThat(rig.atDispatcher().getLast())
                .isEqualTo(new DispatcherBound.WorkerReport(
                        Rig.WORKER,
                        rig.core.load(),
                        List.of(),
                        List.of(new DispatcherBound.Ended(key(1), QueryType.CHAT, Outcome.COMPLETED, 600))));
    }

    @Test
    void shouldStopSendingAtAFullWindowAndGoOnWithCredit() {
        // Given
        var rig = running(1);
        long run = rig.run();
        for (int i = 0; i < 300; i++) {
            rig.turn(now -> rig.core.text(run, "x", now));
        }
        assertThat(rig.atGateway(GatewayBound.Text.class)).hasSize(256);
        assertThat(rig.all(Effect.Pause.class)).hasSize(1);

        // When
        rig.turn(now -> rig.core.credit(new WorkerBound.Credit(key(1), 1, 99), now));

        // Then
        assertThat(rig.all(Effect.Continue.class)).hasSize(1);
        var texts = rig.atGateway(GatewayBound.Text.class);
        assertThat(texts).hasSize(257);
        assertThat(texts.getLast().text()).isEqualTo("x".repeat(44));
    }

    @Test
    void shouldSendOneMediumThatIsLargerThanTheWindowButNotTwo() {
        // Given
        var rig = running(1);
        Media large = Media.whole("image/png", Bytes.of(new byte[1 << 20]));
        long run = rig.run();

        // When
        rig.turn(now -> rig.core.medium(run, large, now)).turn(now -> rig.core.medium(run, large, now));

        // Then
        assertThat(rig.atGateway(GatewayBound.MediaPart.class)).hasSize(16);
        rig.turn(now -> rig.core.credit(new WorkerBound.Credit(key(1), 1, 0), now));
        assertThat(rig.atGateway(GatewayBound.MediaPart.class)).hasSize(32);
    }

    @Test
    void shouldCancelWhatNobodyTakes() {
        // Given
        var rig = running(1);
        long run = rig.run();
        for (int i = 0; i < 300; i++) {
            rig.turn(now -> rig.core.text(run, "x", now));
        }

        // When
        rig.pass(59_000);
        assertThat(rig.terminals()).isEmpty();
        rig.core.hear(new Announcement.GatewayAnnouncement(GATEWAY, "n1", 0), rig.now);
        rig.pass(1_200);

        // Then
        assertThat(rig.all(Effect.Stop.class)).hasSize(1);
        assertThat(rig.core.load().free()).isEqualTo(1);
        assertThat(rig.failure()).isIn(Cause.CANCELLED, Cause.DEADLINE);
    }

    @Test
    void shouldHoldTheTerminalMessageUntilTheLastPieceMayGo() {
        // Given
        var rig = running(1);
        long run = rig.run();
        for (int i = 0; i < 300; i++) {
            rig.turn(now -> rig.core.text(run, "x", now));
        }

        // When
        rig.turn(now -> rig.core.completed(run, null, null, now));

        // Then
        assertThat(rig.core.load().free()).isEqualTo(1);
        assertThat(rig.terminals()).isEmpty();
        rig.turn(now -> rig.core.credit(new WorkerBound.Credit(key(1), 1, 255), now));
        assertThat(rig.terminals()).hasSize(1);
    }

    @Test
    void shouldCancelAndFreeTheSlotInOneTurn() {
        // Given
        var rig = running(1);
        long run = rig.run();

        // When
        rig.turn(now -> rig.core.cancel(new WorkerBound.Cancel(key(1), 1), now));

        // Then
        assertThat(rig.all(Effect.Stop.class)).containsExactly(new Effect.Stop(run));
        assertThat(rig.failure()).isEqualTo(Cause.CANCELLED);
        assertThat(rig.core.load().free()).isEqualTo(1);
        assertThat(rig.core.text(run, "late", rig.now)).isEmpty();
        assertThat(rig.core.completed(run, null, null, rig.now)).isEmpty();
    }

    @Test
    void shouldNotCancelALaterAttempt() {
        // Given
        var rig = new Rig(1);
        rig.turn(now -> rig.core.assign(assign(chat(1, "hello"), 2), now));

        // When
        rig.turn(now -> rig.core.cancel(new WorkerBound.Cancel(key(1), 1), now));

        // Then
        assertThat(rig.terminals()).isEmpty();
    }

    @Test
    void shouldSendAnotherGatewayWhatFollows() {
        // Given
        var rig = running(1);
        for (String word : List.of("a", "b", "c")) {
            rig.turn(now -> rig.core.text(rig.run(), word, now));
        }
        rig.effects.clear();
        var other = new GatewayId("g2");

        // When
        rig.turn(now -> rig.core.resume(new WorkerBound.Resume(key(1), other, 0), now));
        rig.turn(now -> rig.core.text(1, "d", now));

        // Then
        assertThat(rig.all(Effect.ToGateway.class).stream().skip(1))
                .allMatch(each -> each.gateway().equals(other));
        assertThat(rig.atGateway())
                .startsWith(
                        new GatewayBound.Moved(key(1), Rig.WORKER),
                        new GatewayBound.Accepted(key(1), 1, Rig.WORKER, "m1", false, 12, 3));
        assertThat(rig.atGateway(GatewayBound.Text.class))
                .extracting(GatewayBound.Text::text)
                .containsExactly("b", "c", "d");
    }

    @Test
    void shouldSayWhatItKnowsToAProbeAndChangeNothing() {
        // Given
        var rig = running(1);
        rig.turn(now -> rig.core.text(rig.run(), "a", now));
        rig.effects.clear();

        // When
        rig.turn(now -> rig.core.probe(new WorkerBound.Probe(key(1), GATEWAY), now))
                .turn(now -> rig.core.probe(new WorkerBound.Probe(key(2), GATEWAY), now))
                .turn(now -> rig.core.resume(new WorkerBound.Resume(key(3), GATEWAY, -1), now));

        // Then
        assertThat(rig.atGateway())
                .containsExactly(
                        new GatewayBound.Alive(key(1), 1, Rig.WORKER, 1, false),
                        new GatewayBound.UnknownIntent(key(2), Rig.WORKER),
                        new GatewayBound.UnknownIntent(key(3), Rig.WORKER));
    }

    @Test
    void shouldFinishWhatRunsThenHandBackTheRestWhenItDrains() {
        // Given
        var rig = running(2);
        rig.turn(now -> rig.core.assign(assign(chat(2, "b")), now));
        rig.turn(now -> rig.core.drain(5_000, now));
        assertThat(rig.all(Effect.Announce.class)).hasSize(1);
        rig.turn(now -> rig.core.assign(assign(chat(3, "c")), now));
        assertThat(refusal(rig)).isEqualTo(Reason.DRAINING);

        // When
        rig.turn(now -> rig.core.completed(1, null, null, now));
        assertThat(rig.all(Effect.Drained.class)).isEmpty();
        rig.pass(5_000);

        // Then
        assertThat(rig.failure()).isEqualTo(Cause.HANDED_BACK);
        assertThat(rig.all(Effect.Drained.class)).hasSize(1);
        assertThat(rig.terminals()).hasSize(2);
    }

    @Test
    void shouldLookAtItsModelServerWhenThatSeemsGone() {
        // Given
        var rig = running(1);

        // When
        rig.turn(now -> rig.core.failed(rig.run(), Cause.GONE, "refused", now));

        // Then
        assertThat(rig.all(Effect.Suspect.class)).hasSize(1);
        assertThat(rig.failure()).isEqualTo(Cause.GONE);
    }

    @Test
    void shouldLookAtItsModelServerWhenThatWorksForOthersButNotWhenAnIntentIsBad() {
        for (Cause cause : List.of(Cause.BUSY, Cause.BAD_INPUT)) {
            var rig = running(1);
            rig.turn(now -> rig.core.failed(rig.run(), cause, "no", now));
            assertThat(rig.all(Effect.Suspect.class)).hasSize(cause == Cause.BUSY ? 1 : 0);
        }
    }

    @Test
    void shouldAnnounceWhatItServesWhenThatChanges() {
        // Given
        var rig = running(1);

        // When
        rig.turn(now -> rig.core.serve(Rig.serving(4, "m2"))).turn(now -> rig.core.serve(Rig.serving(4, "m2")));

        // Then
        assertThat(rig.all(Effect.Announce.class)).hasSize(1);
        assertThat(rig.core.load().free()).isEqualTo(3);
    }
}
