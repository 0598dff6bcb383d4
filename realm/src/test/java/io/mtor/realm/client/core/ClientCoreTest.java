// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import static io.mtor.realm.client.core.Pretended.A;
import static io.mtor.realm.client.core.Pretended.ATLAS;
import static io.mtor.realm.client.core.Pretended.B;
import static io.mtor.realm.client.core.Pretended.BORA;
import static io.mtor.realm.client.core.Pretended.accepted;
import static io.mtor.realm.client.core.Pretended.chunk;
import static io.mtor.realm.client.core.Pretended.have;
import static io.mtor.realm.client.core.Pretended.hello;
import static io.mtor.realm.client.core.Pretended.medium;
import static io.mtor.realm.client.core.Pretended.restart;
import static io.mtor.realm.client.core.Pretended.result;
import static io.mtor.realm.client.core.Pretended.with;
import static io.mtor.realm.client.core.Pretended.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing is lost, nothing is told twice. */
class ClientCoreTest {

    @Test
    void shouldSayWhoItIsAndThenSendAllThatIsOpen() {
        var client = Pretended.up(A);
        var first = client.ask("one");
        var second = client.ask("two");

        List<Step> greetings = client.reconnect();

        assertThat(hello(greetings).userId()).isEqualTo(new UserId("ada"));
        assertThat(greetings.subList(1, 3)).containsExactly(new Step.Send(first), new Step.Send(second));
        assertThat(have(greetings)).isEmpty();
    }

    @Test
    void shouldSayHowFarItIsWithWhatAWorkerHas() {
        var client = Pretended.up(A);
        var fresh = client.ask("fresh");
        var begun = client.ask("begun");
        var unplaced = client.ask("unplaced");
        client.hear(accepted(fresh.guid(), ATLAS, 1));
        client.hear(accepted(begun.guid(), BORA, 2));
        client.hear(chunk(begun.guid(), 0, "a"));
        client.hear(chunk(begun.guid(), 1, "b"));

        Map<IntentId, ClientMessage.Seen> have = have(client.reconnect());

        assertThat(have)
                .containsOnly(
                        Map.entry(fresh.guid(), new ClientMessage.Seen(-1, ATLAS, 1)),
                        Map.entry(begun.guid(), new ClientMessage.Seen(1, BORA, 2)));
        assertThat(have).doesNotContainKey(unplaced.guid());
    }

    @Test
    void shouldNotSendWhatHasEnded() {
        var client = Pretended.up(A);
        var work = client.ask("one");
        client.hear(result(work.guid(), "done"));

        assertThat(client.reconnect()).doesNotContain(new Step.Send(work));
        assertThat(client.told(work.guid())).containsExactly(result(work.guid(), "done"));
    }

    @Test
    void shouldNotTellATerminalMessageTwice() {
        var client = Pretended.up(A);
        var work = client.ask("one");

        client.hear(result(work.guid(), "done"));
        List<Step> again = client.hear(result(work.guid(), "done"));

        assertThat(client.told(work.guid())).hasSize(1);
        assertThat(again).containsExactly(new Step.TellOther(result(work.guid(), "done")));
    }

    @Test
    void shouldDropPiecesThatWereToldBefore() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(chunk(guid, 0, "a"));
        client.hear(chunk(guid, 1, "b"));
        client.reconnect();
        client.hear(accepted(guid, ATLAS, 1));

        client.hear(chunk(guid, 0, "a"));
        client.hear(chunk(guid, 1, "b"));
        client.hear(chunk(guid, 2, "c"));

        assertThat(client.shown(guid)).isEqualTo("abc");
    }

    @Test
    void shouldAskForAMissingPieceByANewConnection() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(chunk(guid, 0, "a"));

        assertThat(client.hear(chunk(guid, 2, "c"))).startsWith(new Step.Drop());
        client.next();

        assertThat(have(client.connect())).containsEntry(guid, new ClientMessage.Seen(0, ATLAS, 1));
    }

    @Test
    void shouldLeaveItToTheResultWhenPiecesAreMissingAgainAndAgain() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(chunk(guid, 0, "a"));
        for (int i = 0; i < OpenWork.MAX_GAPS; i++) {
            assertThat(client.hear(chunk(guid, 2, "c"))).startsWith(new Step.Drop());
            client.next();
            client.connect();
        }

        assertThat(client.hear(chunk(guid, 2, "c"))).hasSize(1);
        client.hear(chunk(guid, 3, "d"));

        assertThat(client.shown(guid)).isEmpty();
        client.hear(result(guid, "abcd"));
        assertThat(client.told(guid)).last().isEqualTo(result(guid, "abcd"));
    }

    @Test
    void shouldBeginAnewAfterARestart() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(chunk(guid, 0, "old"));

        client.hear(restart(guid, 2));

        assertThat(client.shown(guid)).isEmpty();
        assertThat(have(client.reconnect())).isEmpty();
        client.hear(accepted(guid, BORA, 2));
        client.hear(chunk(guid, 0, "new"));
        assertThat(client.shown(guid)).isEqualTo("new");
    }

    @Test
    void shouldRememberWhoAcceptedBeforeTheRestartWasSaid() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, BORA, 2));

        client.hear(restart(guid, 2));

        assertThat(have(client.reconnect())).containsEntry(guid, new ClientMessage.Seen(-1, BORA, 2));
    }

    @Test
    void shouldNeverMixTwoAttemptsEvenIfNobodySaysThatOneIsOver() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(chunk(guid, 0, "old"));

        client.hear(accepted(guid, BORA, 1));
        client.hear(chunk(guid, 0, "new"));

        assertThat(client.told(guid)).anyMatch(ServerMessage.Restart.class::isInstance);
        assertThat(client.shown(guid)).isEqualTo("new");
    }

    @Test
    void shouldCancelAgainWhatWasNotStoppedWhenTheConnectionWasLost() {
        var client = Pretended.up(A);
        var work = client.ask("one");
        assertThat(client.cancel(work.guid())).hasSize(1);

        List<Step> greetings = client.reconnect();

        assertThat(greetings)
                .containsSubsequence(new Step.Send(work), new Step.Send(new ClientMessage.Cancel(work.guid(), null)));
    }

    @Test
    void shouldWatchTheRealmOnEveryConnection() {
        var client = Pretended.up(A);
        client.steps.addAll(client.core.watch(true));

        assertThat(client.reconnect()).contains(new Step.Send(new ClientMessage.Watch("realm", true)));
        client.core.watch(false);
        assertThat(client.reconnect()).doesNotContain(new Step.Send(new ClientMessage.Watch("realm", true)));
    }

    @Test
    void shouldTryAnotherGatewayWhenOneTakesNothingNew() {
        var client = Pretended.up(A, B);
        var work = client.ask("one");

        assertThat(client.hear(unavailable(work.guid()))).startsWith(new Step.Drop());
        assertThat(client.next()).containsExactly(new Step.Connect(B));
        assertThat(client.connect()).contains(new Step.Send(work));
        assertThat(client.told(work.guid())).isEmpty();

        // Both said it: so it is.
        client.hear(unavailable(work.guid()));
        assertThat(client.told(work.guid())).containsExactly(unavailable(work.guid()));
    }

    @Test
    void shouldSayThatItIsUnavailableWhereThereIsOneGateway() {
        var client = Pretended.up(A);
        var work = client.ask("one");

        client.hear(unavailable(work.guid()));

        assertThat(client.told(work.guid())).containsExactly(unavailable(work.guid()));
    }

    private static ServerMessage unavailable(@Nullable IntentId guid) {
        return ServerMessage.Failure.of(guid, ErrorCode.UNAVAILABLE, "shutting down");
    }

    @Test
    void shouldTellAMediumOnceItIsWhole() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(medium(guid, 0, 7));
        client.hear(7, 1, 2);
        assertThat(client.told(guid)).hasSize(1);

        client.hear(7, 3);
        assertThat(client.hear(7))
                .containsExactly(
                        new Step.Tell(guid, medium(guid, 0, 7)),
                        new Step.TellMedia(guid, Media.whole("image/png", Bytes.of(new byte[] {1, 2, 3}))));
        client.hear(chunk(guid, 1, "that was it"));
        assertThat(client.told(guid)).last().isEqualTo(chunk(guid, 1, "that was it"));
    }

    @Test
    void shouldAskAgainForAMediumThatDidNotComeWhole() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(medium(guid, 0, 7));
        client.hear(7, 1, 2);

        assertThat(have(client.reconnect())).containsEntry(guid, new ClientMessage.Seen(-1, ATLAS, 1));
        assertThat(client.hear(7)).isEmpty();
        client.hear(medium(guid, 0, 9));
        client.hear(9, 5);
        assertThat(client.hear(9))
                .contains(new Step.TellMedia(guid, Media.whole("image/png", Bytes.of(new byte[] {5}))));
    }

    @Test
    void shouldForgetTheMediaOfAnAttemptThatIsOver() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(accepted(guid, ATLAS, 1));
        client.hear(medium(guid, 0, 7));
        client.hear(7, 1, 2);

        client.hear(restart(guid, 2));

        assertThat(client.hear(7)).isEmpty();
    }

    @Test
    void shouldEndAnIntentWhoseMediaAreTooLarge() {
        var client = Pretended.up(A);
        IntentId guid = client.ask("one").guid();
        client.hear(medium(guid, 0, 7));
        var frame = new int[1 << 20];
        frame[0] = 7;
        for (int bytes = 0; bytes <= Streams.MAX_BYTES; bytes += frame.length - 1) {
            client.hear(frame);
        }

        assertThat(client.told(guid)).hasSize(1).allSatisfy(message -> assertThat(
                        ((ServerMessage.Failure) message).code())
                .isEqualTo(ErrorCode.TOO_LARGE));
        assertThat(client.steps).contains(new Step.Send(new ClientMessage.Cancel(guid, null)));
        assertThat(client.core.size()).isZero();
    }

    @Test
    void shouldSendLargeMediaAsStreamsAndAgainOnTheNextConnection() {
        var client = Pretended.up(A);
        Media small = Media.whole("image/png", Bytes.of(new byte[100]));
        Media large = Media.whole("audio/wav", Bytes.of(new byte[Parcel.INLINE_BYTES]));
        var work = client.ask(with(work("what is this?"), List.of(small, large)));

        assertThat(client.steps)
                .endsWith(
                        new Step.Send(with(work, List.of(small, Media.streamed("audio/wav", 1)))),
                        new Step.Upload(1, large.data()));
        assertThat(client.reconnect())
                .containsSubsequence(
                        new Step.Send(with(work, List.of(small, Media.streamed("audio/wav", 2)))),
                        new Step.Upload(2, large.data()));
    }

    @Test
    void shouldRefuseMoreThanItMayHaveOpen() {
        var usual = ClientSettings.Limits.USUAL;
        var client = new Pretended(
                new ClientSettings.Limits(
                        usual.connect(), usual.ping(), usual.silence(), usual.firstSearch(), usual.search(), 1),
                A);
        client.open();
        client.connect();
        client.ask("one");

        var second = client.ask("two");

        assertThat(client.told(second.guid())).hasSize(1).allSatisfy(message -> assertThat(
                        ((ServerMessage.Failure) message).code())
                .isEqualTo(ErrorCode.RATE_LIMITED));
        assertThat(client.reconnect()).doesNotContain(new Step.Send(second));
    }

    @Test
    void shouldRefuseAGuidThatIsOpen() {
        var client = Pretended.up(A);
        var work = client.ask("one");

        assertThatThrownBy(() -> client.ask(work)).isInstanceOf(IllegalArgumentException.class);
    }
}
