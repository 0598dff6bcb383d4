// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.chaos.history.Tally;
import io.mtor.bench.process.Conditions;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import io.mtor.worker.model.sim.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a hostile host gets of the work, and what users see of it, printed: {@code -Dmtor.hostile.seconds=60} says for how long each. */
@EnabledIfSystemProperty(named = "mtor.hostile.seconds", matches = "\\d+")
class HostileFiguresE2E {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("mtor.hostile.seconds", 60));

    private static final int PER_SECOND = 20;

    private static final int WORK_MILLIS = 200;

    private static final String HONEST = """
            [[agent.simulated]]
            query_type = "chat"
            chunks = 4
            slots = 4
            marked = true
            [[agent.simulated]]
            query_type = "chat"
            chunks = 4
            slots = 4
            marked = true
            """;

    /** How many pieces an answer without end has: of 10 kB each they are five times what an answer may be. */
    private static final int WITHOUT_END = 2_000;

    private static final Trust TRUST = Trust.valueOf(
            System.getProperty("mtor.hostile.trust", Trust.OWN.name()).toUpperCase(Locale.ROOT));

    private final AtomicInteger assigned = new AtomicInteger();

    private BiConsumer<Villain, WorkerBound> eachIntent(BiConsumer<Villain, WorkerBound.Assign> manner) {
        return (villain, told) -> {
            if (told instanceof WorkerBound.Assign assign) {
                assigned.incrementAndGet();
                manner.accept(villain, assign);
            }
        };
    }

    /** Lets it go on for the time, and prints what came of it. */
    private void figures(String name, Crowd.Load load, BiConsumer<Villain, WorkerBound> manner) {
        try (var realm = TestRealm.start(HONEST, TestHost.gateway());
                var watcher = new TestUser("ada", realm.uri());
                var villain = new Villain(realm.uri(), TRUST, manner)) {
            villain.slots = 64;
            villain.offering();
            Await.until("workers", () -> watcher.realm().workers().size() == 3);
            try (var crowd = new Crowd(realm.uri(), QueryType.CHAT, 20, 7)) {
                crowd.start(load);
                Conditions.pass(TIME.dividedBy(2));
                int earlier = assigned.get();
                int sentEarlier = crowd.sent();
                Conditions.pass(TIME.dividedBy(2));
                assertThat(crowd.awaitEnds(Duration.ofSeconds(60))).isTrue();
                print(name, villain, crowd.histories());
                System.out.printf(
                        "%s: of %d intents in the first half it was given %d, of %d in the second %d%n",
                        name, sentEarlier, earlier, crowd.sent() - sentEarlier, assigned.get() - earlier);
            }
        }
    }

    private void print(String name, Villain villain, Collection<History> histories) {
        Tally tally = Tally.of(histories);
        System.out.printf(
                "%s: %d intents in %d s, given to it %d (%.2f %%), shown of it %d, ended by it %d; errors %s, lost %d, twice %d,"
                        + " mixed %d; slowest %d ms%s%n",
                name,
                tally.intents(),
                TIME.toSeconds(),
                assigned.get(),
                100.0 * assigned.get() / tally.intents(),
                count(histories, message -> isPieceOf(villain.worker, message)),
                count(
                        histories,
                        message -> message instanceof ServerMessage.Result result
                                && result.workerId().equals(villain.worker)),
                tally.errors(),
                tally.lost(),
                tally.twice(),
                tally.mixed(),
                histories.stream().mapToLong(HostileFiguresE2E::millis).max().orElse(0),
                villain.socket.isClosed() ? "; thrown out: " + villain.socket.closeReason() : "");
        assertThat(tally.lost()).isZero();
    }

    private static long millis(History history) {
        return history.end()
                .map(end -> (end.atNanos() - history.sentAt()) / 1_000_000)
                .orElse(0L);
    }

    /** Pieces of it begin with its name, or are what no honest worker says. */
    private static boolean isPieceOf(WorkerId worker, ServerMessage message) {
        return message instanceof ServerMessage.Chunk chunk
                && chunk.text() != null
                && (chunk.text().contains(worker.value()) || chunk.text().startsWith("x"));
    }

    private static long count(Collection<History> histories, Predicate<ServerMessage> which) {
        return histories.stream()
                .filter(history -> history.entries().stream()
                        .anyMatch(entry ->
                                entry.event() instanceof History.Event.Heard(var message) && which.test(message)))
                .count();
    }

    private static String mark(Villain villain, WorkerBound.Assign assign, int number, int of) {
        return new Mark(assign.intent().key().guid(), villain.worker.value(), 1, number, of).text();
    }

    private static void text(Villain villain, WorkerBound.Assign assign, int seq, String text) {
        villain.answer(
                assign, new GatewayBound.Text(assign.intent().key(), assign.attempt(), villain.worker, seq, text));
    }

    /** The dispatcher is told, too, so that its slot is free again. */
    private static void ended(Villain villain, WorkerBound.Assign assign, DispatcherBound.Outcome outcome) {
        var end = new DispatcherBound.Ended(assign.intent().key(), QueryType.CHAT, outcome, 1);
        villain.say(new EdgeMessage.ToDispatcher(
                assign.dispatcher(),
                new DispatcherBound.WorkerReport(
                        villain.worker, new Load(villain.slots, 0, false), List.of(), List.of(end))));
    }

    private static Crowd.Load steady() {
        return Crowd.Load.even(PER_SECOND, WORK_MILLIS);
    }

    @Test
    void blackHole() {
        figures("black hole that accepts nothing", steady(), eachIntent((villain, assign) -> {}));
    }

    @Test
    void politeBlackHole() {
        figures("black hole that accepts", steady(), eachIntent(Villain::accept));
    }

    @Test
    void failsAtOnce() {
        figures("fails at once", steady(), eachIntent((villain, assign) -> {
            villain.accept(assign);
            villain.answer(
                    assign,
                    new GatewayBound.Failed(
                            assign.intent().key(), assign.attempt(), villain.worker, GatewayBound.Cause.FAILED, "no"));
            ended(villain, assign, DispatcherBound.Outcome.FAILED);
        }));
    }

    /** Answers well and fast, and says all that it ever said of an intent again, to this one's end and after it. */
    @Test
    void replayer() {
        List<Runnable> said = new ArrayList<>();
        figures("replayer", steady(), eachIntent((villain, assign) -> {
            villain.accept(assign);
            Runnable piece = () -> text(villain, assign, 0, mark(villain, assign, 0, 1));
            Runnable end = () -> villain.answer(
                    assign,
                    new GatewayBound.Completed(
                            assign.intent().key(),
                            assign.attempt(),
                            villain.worker,
                            1,
                            mark(villain, assign, 0, 1),
                            null,
                            null,
                            0,
                            1));
            for (Runnable each : List.of(piece, piece, end, end, piece)) {
                each.run();
            }
            said.addAll(List.of(piece, end));
            said.stream().skip(Math.max(0, said.size() - 100)).forEach(Runnable::run);
            ended(villain, assign, DispatcherBound.Outcome.COMPLETED);
        }));
    }

    /** Heeds neither credit nor cancel. */
    @Test
    void answersWithoutEnd() {
        figures("answers without end", steady(), eachIntent((villain, assign) -> {
            villain.accept(assign);
            var seq = new AtomicInteger();
            Villain.VERTX.setPeriodic(10, timer -> {
                if (seq.get() == WITHOUT_END || villain.socket.isClosed()) {
                    Villain.VERTX.cancelTimer(timer);
                } else {
                    text(villain, assign, seq.getAndIncrement(), "x".repeat(10_000));
                }
            });
        }));
    }

    /** One piece a second of an answer that would have a thousand; users give each intent ten seconds. */
    @Test
    void drips() {
        var load = new Crowd.Load(PER_SECOND, WORK_MILLIS, WORK_MILLIS, 10_000, false);
        figures("slow drip", load, eachIntent((villain, assign) -> {
            villain.accept(assign);
            var seq = new AtomicInteger();
            Villain.VERTX.setPeriodic(1_000, timer -> {
                if (seq.get() == 1_000 || villain.socket.isClosed()) {
                    Villain.VERTX.cancelTimer(timer);
                } else {
                    int number = seq.getAndIncrement();
                    text(villain, assign, number, mark(villain, assign, number, 1_000));
                }
            });
        }));
    }

    @Test
    void floods() {
        var flooding = new AtomicBoolean();
        var frames = new AtomicInteger();
        figures("flooder", steady(), (villain, told) -> {
            if (told instanceof WorkerBound.Assign) {
                assigned.incrementAndGet();
            }
            if (flooding.compareAndSet(false, true)) {
                villain.slots = 0;
                Villain.VERTX.setPeriodic(1, timer -> {
                    if (villain.socket.isClosed()) {
                        Villain.VERTX.cancelTimer(timer);
                        return;
                    }
                    for (int i = 0; i < 10 && !villain.socket.writeQueueFull(); i++) {
                        villain.announce(villain.worker);
                        frames.incrementAndGet();
                    }
                });
            }
        });
        System.out.println("flooder: " + frames + " frames were taken from it");
    }
}
