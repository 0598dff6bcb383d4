// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.DispatcherAnnouncement;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A worker that was given one intent answers those of others; {@code -Dmtor.hostile.answers=1000000} says how often. */
class ForeignAnswersTest {

    private static final int ANSWERS = Integer.getInteger("mtor.hostile.answers", 20_000);

    private static final int OPEN = 1_000;

    private static final String THIEF = "thief";

    private final Map<Intent, Capability> given = new HashMap<>();
    private final CountingObserver observer = new CountingObserver();
    private final RecordingReceiver clients = new RecordingReceiver();
    private final GatewayCore core = new GatewayCore(
            new GatewayId("g"),
            Intents.patience(),
            new RealmView(),
            observer,
            AnswerListener.NONE,
            new Noting(),
            new Capabilities(new byte[] {1}, true));
    private final Random random = new Random(7);

    /** What each intent's worker is given. */
    private final class Noting implements Outbox {

        @Override
        public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
            if (message instanceof DispatcherBound.Place place) {
                given.put(place.intent(), Objects.requireNonNull(place.capability()));
            }
        }

        @Override
        public void toWorker(WorkerId worker, WorkerBound message) {}
    }

    private Capability forged(Capability own) {
        byte[] guess = new byte[16];
        random.nextBytes(guess);
        return switch (random.nextInt(3)) {
            case 0 -> own;
            case 1 -> new Capability(1, Bytes.of(guess));
            default -> new Capability(0, own.proof());
        };
    }

    private static GatewayBound.FromWorker said(Answers answers, int what, String text) {
        return (GatewayBound.FromWorker)
                switch (what) {
                    case 0 -> answers.accepted(THIEF);
                    case 1 -> answers.text(THIEF, 0, text);
                    case 2 -> answers.completed(THIEF, 0, text);
                    case 3 -> answers.failed(THIEF, GatewayBound.Cause.BAD_INPUT);
                    default -> answers.unknown(THIEF);
                };
    }

    @Test
    void shouldAcceptNone() {
        core.hear(new DispatcherAnnouncement(new DispatcherId("d"), "n", 0), 0);
        List<Intent> open = new ArrayList<>();
        for (int i = 0; i < OPEN; i++) {
            Intent intent = Intents.chat("Hello");
            open.add(intent);
            core.intents().open(intent, new OpenIntents.Wish(true, 600_000, null), clients, 0);
        }
        Capability own = Objects.requireNonNull(given.get(open.removeFirst()));
        clients.heard();

        long begun = System.nanoTime();
        for (int i = 0; i < ANSWERS; i++) {
            var victim = new Answers(open.get(random.nextInt(open.size())).key(), 1 + random.nextInt(2));
            core.receive(said(victim, random.nextInt(5), "stolen").with(forged(own)), 0);
        }

        System.out.printf(
                "answers to intents of others: %d, not heard %d, in %d ms%n",
                ANSWERS, observer.forged, (System.nanoTime() - begun) / 1_000_000);
        assertThat(observer.forged).isEqualTo(ANSWERS);
        assertThat(clients.heard()).isEmpty();
        assertThat(clients.terminals()).isZero();
    }
}
