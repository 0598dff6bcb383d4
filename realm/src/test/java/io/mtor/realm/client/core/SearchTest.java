// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import static io.mtor.realm.client.core.Pretended.A;
import static io.mtor.realm.client.core.Pretended.B;
import static io.mtor.realm.client.core.Pretended.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.retry.Backoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding a gateway, noticing that it is lost, and finding another. */
class SearchTest {

    private static final ClientSettings.Limits LIMITS = ClientSettings.Limits.USUAL;

    @Test
    void shouldWaitByChanceAloneAndAtMostTenSeconds() {
        assertThat(Backoff.delayMillis(0, 0)).isZero();
        assertThat(Backoff.delayMillis(0, 1)).isEqualTo(200);
        assertThat(Backoff.delayMillis(3, 0)).isZero();
        assertThat(Backoff.delayMillis(3, 0.5)).isEqualTo(800);
        assertThat(Backoff.delayMillis(5, 1)).isEqualTo(6_400);
        assertThat(Backoff.delayMillis(6, 1)).isEqualTo(10_000);
        assertThat(Backoff.delayMillis(1_000_000, 1)).isEqualTo(10_000);
    }

    @Test
    void shouldConnectAtOnceWhenItIsOpened() {
        var client = new Pretended(A, B);

        assertThat(client.open()).containsExactly(new Step.Connect(A));
        assertThat(client.open()).isEmpty();
    }

    @Test
    void shouldDrawTheFirstGatewayByLot() {
        var settings = ClientSettings.of(List.of(A, B), new UserId("ada"));

        assertThat(new ClientCore(settings, 0.49).open(new Moment(0, 0))).containsExactly(new Step.Connect(A));
        assertThat(new ClientCore(settings, 0.51).open(new Moment(0, 0))).containsExactly(new Step.Connect(B));
    }

    @Test
    void shouldTryTheNextGatewayWithoutAPauseAndPauseAfterARound() {
        var client = new Pretended(A, B);
        client.open();

        assertThat(client.refuse("connection refused")).containsExactly(new Step.Connect(B));
        assertThat(client.refuse("connection refused")).isEmpty();
        long before = client.now;
        assertThat(client.next()).containsExactly(new Step.Connect(A));
        assertThat(client.now - before).isEqualTo(200);
    }

    @Test
    void shouldGoToTheOtherGatewayAfterAShortRandomPauseWhenOneIsLost() {
        var client = Pretended.up(A, B);

        assertThat(client.lose()).containsExactly(new Step.TellLink(new Link.Lost(A, "the connection broke")));
        long before = client.now;
        assertThat(client.next()).containsExactly(new Step.Connect(B));
        assertThat(client.now - before).isEqualTo(100);
    }

    @Test
    void shouldDoubleTheSpanWithEachRoundInVain() {
        var client = Pretended.up(A);
        client.chance = 0.999;
        client.lose();
        long last = client.now;
        for (long expected : new long[] {200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000}) {
            client.next();
            assertThat(client.now - last).isBetween(expected * 99 / 100, expected);
            last = client.now;
            client.refuse("connection refused");
        }
    }

    @Test
    void shouldAddTheChanceToWhatTheGatewayAskedFor() {
        var client = new Pretended(A);
        client.open();

        client.refuse(3_000);

        assertThat(client.core.due() - client.now).isEqualTo(3_000 + 200);
    }

    @Test
    void shouldNotBeSentAwayForLongerThanHalfAMinute() {
        var client = new Pretended(A);
        client.open();

        client.refuse(86_400_000);

        assertThat(client.core.due() - client.now).isEqualTo(Search.MAX_RETRY_AFTER_MILLIS + 200);
    }

    @Test
    void shouldKeepBackingOffWhileConnectionsOpenAndNobodySpeaks() {
        var client = Pretended.up(A);
        client.lose();
        for (int i = 0; i < 4; i++) {
            client.next();
            client.core.connected(new Moment(client.now, 0.5));
            client.lose();
        }

        assertThat(client.core.due() - client.now).isEqualTo(1_600);
        client.next();
        client.connect();
        client.lose();
        assertThat(client.core.due() - client.now).isEqualTo(100);
    }

    @Test
    void shouldPassOverAGatewayThatDoesNotTakeTheConnection() {
        var client = new Pretended(A, B);
        client.open();
        long before = client.now;

        assertThat(client.next()).containsExactly(new Step.Drop(), new Step.Connect(B));
        assertThat(client.now - before).isEqualTo(LIMITS.connect().toMillis());
    }

    @Test
    void shouldAskASilentConnectionAndDropIt() {
        var client = Pretended.up(A, B);
        long before = client.now;

        assertThat(client.next()).containsExactly(new Step.Send(new ClientMessage.Ping("alive")));
        assertThat(client.now - before).isEqualTo(LIMITS.ping().toMillis());
        assertThat(client.next()).containsExactly(new Step.Send(new ClientMessage.Ping("alive")));
        assertThat(client.next())
                .containsExactly(
                        new Step.Drop(), new Step.TellLink(new Link.Lost(A, "nothing was heard for 12000 ms")));
        assertThat(client.now - before).isEqualTo(LIMITS.silence().toMillis());
    }

    @Test
    void shouldKeepAConnectionThatAnswers() {
        var client = Pretended.up(A);
        for (int i = 0; i < 100; i++) {
            assertThat(client.next()).containsExactly(new Step.Send(new ClientMessage.Ping("alive")));
            assertThat(client.hear(new ServerMessage.Pong("alive"))).isEmpty();
        }
    }

    @Test
    void shouldAnswerPings() {
        var client = Pretended.up(A);

        assertThat(client.hear(new ServerMessage.Ping("theirs")))
                .containsExactly(new Step.Send(new ClientMessage.Pong("theirs")));
    }

    @Test
    void shouldSoonGiveUpWhereNobodyHasEverAnswered() {
        var client = new Pretended(A, B);
        client.open();
        var asked = client.ask("anybody?");
        long before = client.now;

        List<Step> last = failUntilGivenUp(client);

        var tried = List.of(new Tried(A, "connection refused"), new Tried(B, "connection refused"));
        assertThat(last).containsExactly(new Step.TellLink(new Link.GaveUp(tried)), new Step.Fail(asked.guid(), tried));
        assertThat(client.now - before).isBetween(1_000L, LIMITS.firstSearch().toMillis());
    }

    @Test
    void shouldSearchForLongAfterALossAndFailEveryOpenIntentOnce() {
        var client = new Pretended(LIMITS.withSearch(Duration.ofMinutes(5)), A);
        client.open();
        client.connect();
        var first = client.ask("one");
        var second = client.ask("two");
        client.lose();
        long before = client.now;

        List<Step> last = failUntilGivenUp(client);

        assertThat(client.now - before).isEqualTo(300_000);
        assertThat(last.stream().filter(Step.Fail.class::isInstance).map(step -> ((Step.Fail) step).guid()))
                .containsExactly(first.guid(), second.guid());
        assertThat(client.core.size()).isZero();
    }

    /** Every attempt is refused until none is made any more. */
    private static List<Step> failUntilGivenUp(Pretended client) {
        List<Step> last = List.of();
        for (int i = 0; i < 1_000 && !gaveUp(last); i++) {
            last = client.refuse("connection refused");
            last = last.isEmpty() ? client.next() : last;
        }
        assertThat(gaveUp(last)).isTrue();
        assertThat(client.core.due()).isEqualTo(Long.MAX_VALUE);
        return last;
    }

    private static boolean gaveUp(List<Step> steps) {
        return steps.stream().anyMatch(step -> step instanceof Step.TellLink(Link.GaveUp gaveUp));
    }

    @Test
    void shouldSearchForLongWhereAGatewayOnlyTakesNoMoreJustNow() {
        var client = new Pretended(A);
        client.open();
        for (int i = 0; i < 10; i++) {
            assertThat(gaveUp(client.refuse(1_000))).isFalse();
            client.next();
        }
        assertThat(client.connect()).isNotEmpty();
    }

    @Test
    void shouldSearchAnewForTheNextIntentAfterGivingUp() {
        var client = new Pretended(A);
        client.open();
        failUntilGivenUp(client);

        var work = client.ask("again");

        assertThat(client.steps).last().isEqualTo(new Step.Connect(A));
        assertThat(client.connect()).contains(new Step.Send(work));
    }

    @Test
    void shouldGoToOtherGatewaysWhenTold() {
        var client = Pretended.up(A);
        var work = client.ask("hello");

        assertThat(client.moveTo(B)).containsExactly(new Step.Drop(), new Step.Connect(B));
        assertThat(client.connect()).contains(new Step.Send(work));
        client.lose();
        assertThat(client.moveTo(A)).containsExactly(new Step.Connect(A));
    }

    @Test
    void shouldSpreadACrowdOverTheWholeSpan() {
        long[] delays = IntStream.range(0, 1_000)
                .mapToLong(i -> Backoff.delayMillis(4, i / 1_000.0))
                .toArray();

        assertThat(IntStream.range(0, 32).mapToLong(tenth -> Arrays.stream(delays)
                        .filter(delay -> delay / 100 == tenth)
                        .count()))
                .allSatisfy(count -> assertThat(count).isBetween(30L, 33L));
    }

    @Test
    void shouldKeepWhatIsAskedBeforeThereIsAConnection() {
        var client = new Pretended(A);
        var work = client.ask(work("early"));

        assertThat(client.steps).containsExactly(new Step.Connect(A));
        assertThat(client.connect()).contains(new Step.Send(work));
    }
}
