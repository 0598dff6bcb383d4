// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.gateway.testing.Answers;
import io.mtor.gateway.testing.CountingObserver;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingRealm;
import io.mtor.gateway.testing.RecordingReceiver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What fails does not crowd out what works. */
class RetriesTest {

    private static final long SEED = Long.getLong("mtor.seed", new Random().nextLong());

    private final RecordingRealm realm = new RecordingRealm();
    private final CountingObserver observer = new CountingObserver();
    private final OpenIntents intents = new OpenIntents(Intents.patience(), realm, observer, AnswerListener.NONE);
    private final RecordingReceiver client = new RecordingReceiver();

    private List<Intent> running(int count) {
        List<Intent> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Intent intent = Intents.chat("Hello " + i);
            all.add(intent);
            intents.open(intent, new OpenIntents.Wish(true, 60_000, null), client, 0);
            intents.receive(new Answers(intent.key(), 1).accepted("a"), 0);
        }
        realm.asked();
        return all;
    }

    private void fails(Intent intent, Cause cause, long now) {
        intents.receive(new Answers(intent.key(), 1).failed("a", cause), now);
    }

    private long placed() {
        return realm.asked().stream().filter(each -> each.startsWith("place")).count();
    }

    @Test
    void shouldRetryAShareOfWhatIsOpen() {
        List<Intent> all = running(50);

        all.forEach(each -> fails(each, Cause.FAILED, 0));

        assertThat(placed()).isEqualTo(10);
        assertThat(intents.heldBack()).isEqualTo(40);
    }

    @Test
    void shouldRetryAFewWhereFewAreOpen() {
        List<Intent> all = running(5);

        all.forEach(each -> fails(each, Cause.FAILED, 0));

        assertThat(placed()).isEqualTo(3);
    }

    @Test
    void shouldLetTheNextGoWhenOneIsOver() {
        List<Intent> all = running(5);
        all.forEach(each -> fails(each, Cause.FAILED, 0));
        realm.asked();

        intents.receive(new Answers(all.get(0).key(), 2).accepted("b"), 10);
        intents.receive(new Answers(all.get(0).key(), 2).completed("b", 0, "Hi"), 10);

        assertThat(placed()).isOne();
        assertThat(intents.heldBack()).isOne();
    }

    @Test
    void shouldNotCountWhatWasHandedBack() {
        running(50).forEach(each -> fails(each, Cause.HANDED_BACK, 0));

        assertThat(placed()).isEqualTo(50);
    }

    @Test
    void shouldEndWhatWaitsForItsTurnByItsDeadline() {
        running(5).forEach(each -> fails(each, Cause.FAILED, 0));

        for (long now = 100; now <= 61_000; now += 100) {
            intents.tick(now);
        }

        assertThat(observer.ended).hasSize(5).containsOnly("deadline");
        assertThat(intents.heldBack()).isZero();
    }

    @Test
    void shouldTellWhoWaitsForItsTurnThatItWaits() {
        running(5).forEach(each -> fails(each, Cause.FAILED, 0));
        client.heard();

        for (long now = 100; now <= 4_000; now += 100) {
            intents.tick(now);
        }

        assertThat(client.heard()).filteredOn("queued"::equals).hasSize(2 * 5);
    }

    @Test
    void shouldForgetWhoIsCancelledWhileItWaits() {
        List<Intent> all = running(5);
        all.forEach(each -> fails(each, Cause.FAILED, 0));
        realm.asked();

        intents.cancel(all.get(4).key(), 10);

        assertThat(intents.heldBack()).isOne();
        assertThat(realm.asked()).isEmpty();
    }

    @Test
    void shouldNeverHaveMoreThanItsShareAndForgetNobody() {
        var random = new Random(SEED);
        var retries = new Retries(SessionConfig.RetryLimits.DEFAULT);
        Deque<IntentKey> going = new ArrayDeque<>();
        List<IntentKey> asked = new ArrayList<>();
        List<IntentKey> gone = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int open = random.nextInt(100);
            int before = retries.running();
            IntentKey key = Intents.chat("Hello").key();
            asked.add(key);
            if (retries.take(key, open)) {
                going.add(key);
            }
            IntentKey next = retries.next(open);
            if (next != null) {
                going.add(next);
            }
            assertThat(retries.running())
                    .as("seed %d", SEED)
                    .isLessThanOrEqualTo(Math.max(before, Math.max(3, open / 5)));
            while (going.size() > 2 + random.nextInt(3)) {
                gone.add(going.removeFirst());
                retries.forget(gone.getLast());
            }
        }
        for (IntentKey next = retries.next(100); next != null; next = retries.next(100)) {
            gone.add(next);
            retries.forget(next);
        }
        gone.addAll(going);
        assertThat(gone).containsExactlyInAnyOrderElementsOf(asked);
    }
}
