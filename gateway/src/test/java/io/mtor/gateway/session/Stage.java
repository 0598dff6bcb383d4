// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Answers;
import io.mtor.gateway.testing.CountingObserver;
import io.mtor.gateway.testing.Intents;
import io.mtor.gateway.testing.RecordingRealm;
import io.mtor.gateway.testing.RecordingReceiver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One intent, one client, a realm that records, and a clock that is moved by hand. */
final class Stage {

    static final long DEADLINE = 600_000;

    final RecordingRealm realm = new RecordingRealm();
    final CountingObserver observer = new CountingObserver();
    final OpenIntents intents = new OpenIntents(Intents.patience(), realm, observer, AnswerListener.NONE);
    final Intent intent;
    final boolean streamed;
    RecordingReceiver client = new RecordingReceiver();
    long now = 1_000;

    private Stage(Intent intent, boolean streamed) {
        this.intent = intent;
        this.streamed = streamed;
    }

    /** A streamed intent, just placed. */
    static Stage placed() {
        return placed(Intents.chat("Hello"), true);
    }

    static Stage placed(Intent intent, boolean streamed) {
        var stage = new Stage(intent, streamed);
        assertThat(stage.open(null)).isEqualTo(OpenIntents.Opened.NEW);
        stage.quiet();
        return stage;
    }

    /** A streamed intent that this worker has accepted. */
    static Stage running(String worker) {
        return running(worker, Intents.chat("Hello"), true);
    }

    static Stage running(String worker, Intent intent, boolean streamed) {
        Stage stage = placed(intent, streamed);
        stage.hear(stage.first().accepted(worker));
        stage.quiet();
        return stage;
    }

    /** A streamed intent that was open at another gateway. */
    static Stage resuming(String worker, int seq, @Nullable Integer attempt) {
        var stage = new Stage(Intents.chat("Hello"), true);
        assertThat(stage.open(new ClientMessage.Seen(seq, new WorkerId(worker), attempt)))
                .isEqualTo(OpenIntents.Opened.NEW);
        return stage;
    }

    OpenIntents.Opened open(ClientMessage.@Nullable Seen seen) {
        return intents.open(intent, new OpenIntents.Wish(streamed, DEADLINE, seen), client, now);
    }

    /** The client comes back on a new connection, having seen pieces up to {@code seq} of {@code attempt}. */
    void comeBack(int seq, int attempt) {
        client = new RecordingReceiver();
        open(new ClientMessage.Seen(seq, new WorkerId("a"), attempt));
    }

    void goAway() {
        intents.receiverLost(client, List.of(intent.key()), now);
    }

    Answers first() {
        return attempt(1);
    }

    Answers attempt(int number) {
        return new Answers(intent.key(), number);
    }

    void hear(GatewayBound... messages) {
        for (GatewayBound each : messages) {
            intents.receive(each, now);
        }
    }

    /** Time goes by, in the steps in which the gateway notices. */
    void pass(long millis) {
        long end = now + millis;
        while (now < end) {
            now = Math.min(end, now + 100);
            intents.tick(now);
        }
    }

    /** The same, with a worker that says that it still has the intent. */
    void passAlive(long millis, GatewayBound alive) {
        for (long end = now + millis; now < end; ) {
            hear(alive);
            pass(1_000);
        }
    }

    /** Forgets what was said and asked so far. */
    void quiet() {
        client.heard();
        realm.asked();
    }

    void assertThatHeard(String... lines) {
        assertThat(client.heard()).containsExactly(lines);
    }

    /** It has ended, with this line, once, and nothing of it is left. */
    void assertEnded(String line) {
        assertThat(client.heard()).last().isEqualTo(line);
        assertThat(client.terminals()).isOne();
        assertThat(intents.size()).isZero();
    }
}
