// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.DispatcherAnnouncement;
import io.mtor.common.bus.Announcement.GatewayAnnouncement;
import io.mtor.common.bus.BusMessage;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.AnswerListener;
import io.mtor.gateway.session.Capabilities;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.testing.Answers;
import io.mtor.gateway.testing.CountingObserver;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingReceiver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only who was given an intent is heard. */
class GatewayCoreTest {

    private static final WorkerId WORKER = new WorkerId("a");

    private final List<BusMessage> sent = new ArrayList<>();
    private final Set<DispatcherId> asked = new LinkedHashSet<>();
    private final CountingObserver observer = new CountingObserver();
    private final RecordingReceiver client = new RecordingReceiver();
    private final Intent intent = Intents.chat("Hello");
    private final Answers answers = new Answers(intent.key(), 1);
    private final GatewayCore core = new GatewayCore(
            new GatewayId("g"),
            Intents.patience(),
            new RealmView(),
            observer,
            AnswerListener.NONE,
            new Recorded(),
            new Capabilities(new byte[] {1}, true));
    private long now = 1_000;

    private final class Recorded implements Outbox {

        @Override
        public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
            sent.add(message);
            if (message instanceof DispatcherBound.Place) {
                asked.add(dispatcher);
            }
        }

        @Override
        public void toWorker(WorkerId worker, WorkerBound message) {
            sent.add(message);
        }
    }

    @BeforeEach
    void place() {
        core.hear(new DispatcherAnnouncement(new DispatcherId("d"), "n", 0), now);
        core.intents().open(intent, new OpenIntents.Wish(true, 60_000, null), client, now);
    }

    private Capability given() {
        return Objects.requireNonNull(last(DispatcherBound.Place.class).capability());
    }

    private <M extends BusMessage> M last(Class<M> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList().getLast();
    }

    private void hear(GatewayBound message, Capability shown) {
        core.receive(((GatewayBound.FromWorker) message).with(shown), now);
    }

    @Test
    void shouldHearTheWorkerThatWasGivenIt() {
        hear(answers.accepted("a"), given());
        hear(answers.text("a", 0, "Hi"), given());
        hear(answers.completed("a", 1, "Hi"), given());

        assertThat(client.terminals()).isOne();
        assertThat(observer.ended).containsExactly("result");
        assertThat(observer.forged).isZero();
    }

    @Test
    void shouldNeitherShowNorCancelForSomebodyElse() {
        Capability ours = given();
        hear(answers.accepted("a"), ours);
        client.heard();
        sent.clear();

        hear(answers.text("thief", 0, "Ha"), new Capability(1, Bytes.of(new byte[16])));
        core.receive(answers.completed("thief", 0, "Ha"), now);
        hear(new Answers(intent.key(), 2).failed("thief", GatewayBound.Cause.BAD_INPUT), ours);

        assertThat(observer.forged).isEqualTo(3);
        assertThat(client.heard()).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldNotStopWorkersForAStrayThatIsForged() {
        Intent unknown = Intents.chat("not here");

        core.receive(new Answers(unknown.key(), 1).accepted("a"), now);

        assertThat(observer.forged).isOne();
        assertThat(sent).noneMatch(WorkerBound.Cancel.class::isInstance);
    }

    @Test
    void shouldStopAStrayWorkerThatWasGivenItOnce() {
        Capability ours = given();
        core.intents().cancel(intent.key(), now);
        sent.clear();

        hear(answers.accepted("a"), ours);

        assertThat(last(WorkerBound.Cancel.class).key()).isEqualTo(intent.key());
    }

    @Test
    void shouldHearAWorkerThatWasAskedToGoOn() {
        hear(answers.accepted("a"), given());
        hear(answers.text("a", 1, "later"), given());

        Capability forGoingOn =
                Objects.requireNonNull(last(WorkerBound.Resume.class).capability());
        hear(answers.text("a", 0, "first"), forGoingOn);

        assertThat(observer.forged).isZero();
        assertThat(client.heard()).last().asString().contains("first");
    }

    @Test
    void shouldNotLetAWorkerThatWasAskedToGoOnTakeTheNextAttempt() {
        hear(answers.accepted("a"), given());
        hear(answers.text("a", 1, "later"), given());
        Capability forGoingOn =
                Objects.requireNonNull(last(WorkerBound.Resume.class).capability());
        core.intents().workerLost(WORKER, "it is gone", now);
        client.heard();

        hear(new Answers(intent.key(), 2).text("a", 0, "mine"), forGoingOn);

        assertThat(client.heard()).isEmpty();
        assertThat(observer.dropped).isOne();
    }

    private void hearOfAnotherGateway() {
        core.hear(new GatewayAnnouncement(new GatewayId("h"), "m", 0), now);
        core.hear(new DispatcherAnnouncement(new DispatcherId("d"), "n", 0), now);
    }

    private void pass(long millis) {
        for (long end = now + millis; now < end; now += 100) {
            hearOfAnotherGateway();
            core.tick(now);
        }
    }

    @Test
    void shouldBeCutOffWhenNobodyAnswersWhatItPlaces() {
        pass(5_900);
        assertThat(core.isCutOff()).isFalse();

        pass(300);

        assertThat(core.isCutOff()).isTrue();
    }

    /** One that Hazelcast has expelled and that announces itself all the same. */
    @Test
    void shouldAskTheNextDispatcherWhenTheFirstAnswersNothing() {
        passWithTwoDispatchers(2_400);
        assertThat(asked).hasSize(1);

        passWithTwoDispatchers(300);
        assertThat(asked).hasSize(2);
        core.receive(answers.waiting(1), now);
        passWithTwoDispatchers(6_000);

        assertThat(core.isCutOff()).isFalse();
    }

    @Test
    void shouldBeCutOffWhenNoDispatcherAnswers() {
        passWithTwoDispatchers(5_900);
        assertThat(core.isCutOff()).isFalse();

        passWithTwoDispatchers(300);

        assertThat(core.isCutOff()).isTrue();
    }

    private void passWithTwoDispatchers(long millis) {
        for (long end = now + millis; now < end; ) {
            core.hear(new DispatcherAnnouncement(new DispatcherId("e"), "o", 0), now);
            pass(100);
        }
    }

    /** The answers are in its buffers. */
    @Test
    void shouldBlameNobodyForTheTimeInWhichItStoodStillItself() {
        passWithTwoDispatchers(1_000);
        now += 9_000;
        passWithTwoDispatchers(500);

        assertThat(asked).hasSize(1);
        assertThat(core.isCutOff()).isFalse();
    }

    @Test
    void shouldNotBeCutOffWhileWhatItPlacedWaits() {
        core.receive(answers.waiting(3), now);
        pass(5_000);
        core.receive(answers.waiting(3), now);
        pass(5_000);

        assertThat(core.isCutOff()).isFalse();
    }

    @Test
    void shouldNotBeCutOffWhileAnythingIsAnswered() {
        for (int i = 0; i < 4; i++) {
            pass(5_000);
            Intent other = Intents.chat("Hello again");
            core.intents().open(other, new OpenIntents.Wish(true, 60_000, null), new RecordingReceiver(), now);
            core.receive(new Answers(other.key(), 1).waiting(1), now);
        }

        assertThat(core.isCutOff()).isFalse();
    }

    /** What was not placed because its client was away waits for no answer. */
    @Test
    void shouldNotBeCutOffWhenAClientComesBackThatWasAway() {
        core.intents().receiverLost(client, List.of(intent.key()), now);
        pass(20_000);
        sent.clear();

        core.intents().open(intent, new OpenIntents.Wish(true, 60_000, null), new RecordingReceiver(), now);
        core.tick(now);

        assertThat(core.isCutOff()).isFalse();
        assertThat(sent).hasAtLeastOneElementOfType(DispatcherBound.Place.class);
    }

    /** A cluster in which a member stands still is whole again after 15 seconds at most. */
    @Test
    void shouldEndWhatCannotComeBackElsewhereWhenItIsCutOffForLong() {
        pass(15_000);
        assertThat(observer.ended).isEmpty();
        pass(6_000);

        assertThat(observer.ended).containsExactly("unavailable");
    }
}
