// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.crowd;

import io.mtor.bench.chaos.history.History;
import io.mtor.bench.process.Conditions;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Many users on one event loop, whose intents come when they come, whether or not the earlier ones are done. May be
 * used from any thread.
 */
public final class Crowd implements AutoCloseable {

    /** In everything that users write; it has no business in any log. */
    public static final String CANARY = "zebrafinch";

    private static final long TICK_MILLIS = 1_000;
    private static final int CONNECT_MILLIS = 2_000;

    /** One in so many does not ask for a stream. */
    private static final int PLAIN = 5;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient sockets;
    private final RandomGenerator random;
    private final QueryType type;
    private final List<User> users = new ArrayList<>();
    private final ConcurrentLinkedQueue<History> histories = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();

    /** Counts the loads that were started; one that is not the last sends no more. */
    private int load;

    private double due;

    /**
     * What is sent.
     *
     * @param perSecond intents in a second, Poisson
     * @param workMillis the usual time of work
     * @param longMillis the time of one in ten
     * @param deadlineMillis how long each may take; 0 to leave it to the gateway
     * @param plain whether some do not ask for a stream
     */
    public record Load(double perSecond, int workMillis, int longMillis, long deadlineMillis, boolean plain) {

        /** Streams that all take the same time. */
        public static Load even(double perSecond, int workMillis) {
            return new Load(perSecond, workMillis, workMillis, 0, false);
        }
    }

    /** Connects so many users to one address, and waits until they are. */
    public Crowd(URI gateway, QueryType type, int size, long seed) {
        this.type = type;
        this.random = new SplittableRandom(seed);
        this.sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(size + 1).setConnectTimeout(CONNECT_MILLIS));
        var options = new WebSocketConnectOptions()
                .setHost(gateway.getHost())
                .setPort(gateway.getPort())
                .setURI("/ws")
                .addSubProtocol("mtor.v1");
        for (int i = 0; i < size; i++) {
            var user = new User(vertx, sockets, options, new UserId("user-" + i), new SplittableRandom(seed + i));
            user.listen(ended::incrementAndGet, losses::incrementAndGet);
            users.add(user);
        }
        var connected = new AtomicInteger();
        vertx.runOnContext(go -> users.forEach(User::connect));
        vertx.setPeriodic(TICK_MILLIS, tick -> users.forEach(User::tick));
        vertx.setPeriodic(
                10,
                tick -> connected.set(
                        (int) users.stream().filter(User::isConnected).count()));
        Conditions.await("the users to be connected", Duration.ofSeconds(60), () -> connected.get() == size);
    }

    /** Sends from now on, until another load is started, or none. */
    public void start(Load what) {
        vertx.runOnContext(go -> {
            int mine = ++load;
            due = System.nanoTime();
            vertx.setPeriodic(1, timer -> {
                if (mine != load) {
                    vertx.cancelTimer(timer);
                } else {
                    sendDue(what);
                }
            });
        });
    }

    private void sendDue(Load what) {
        while (due <= System.nanoTime()) {
            due += -Math.log(1 - random.nextDouble()) * 1e9 / what.perSecond;
            sendOne(what);
        }
    }

    /** Sends so many at once. */
    public void burst(int count, Load what) {
        int before = sent.get();
        vertx.runOnContext(go -> {
            for (int i = 0; i < count; i++) {
                sendOne(what);
            }
        });
        Conditions.await("the burst to be sent", Duration.ofSeconds(30), () -> sent.get() >= before + count);
    }

    private void sendOne(Load what) {
        boolean streamed = !what.plain || random.nextInt(PLAIN) > 0;
        int millis = random.nextInt(10) == 0 ? what.longMillis : what.workMillis;
        var work = new ClientMessage.Work(
                IntentId.random(),
                type,
                "a neon mountain with a " + CANARY,
                null,
                null,
                null,
                null,
                new Parameters("{\"work_ms\":" + millis + "}"),
                streamed,
                null,
                what.deadlineMillis == 0 ? null : what.deadlineMillis,
                null,
                null,
                null);
        var history = new History(work.guid(), streamed);
        histories.add(history);
        users.get(random.nextInt(users.size())).send(work, history);
        sent.incrementAndGet();
    }

    /** Sends no more. */
    public void stop() {
        vertx.runOnContext(go -> load++);
    }

    public int sent() {
        return sent.get();
    }

    public int ended() {
        return ended.get();
    }

    /** How many of those that ended did so in an error. */
    public long failed() {
        return histories.stream()
                .filter(each -> each.end().isPresent() && !each.hasResult())
                .count();
    }

    /** How many connections were lost so far. */
    public int losses() {
        return losses.get();
    }

    /** Sends no more and waits until all has ended; false if the limit came first. */
    public boolean awaitEnds(Duration limit) {
        stop();
        long end = System.nanoTime() + limit.toNanos();
        while (ended.get() < sent.get() && System.nanoTime() - end < 0) {
            Conditions.pass(Duration.ofMillis(20));
        }
        return ended.get() >= sent.get();
    }

    /** Lets it run for a while, waits for the ends, and forgets all of it: for processes that have just started. */
    public void warmUp(Load what, Duration time) {
        start(what);
        Conditions.pass(time);
        if (!awaitEnds(Duration.ofSeconds(60))) {
            throw new IllegalStateException("of " + sent + " intents without any fault only " + ended + " ended");
        }
        histories.clear();
        sent.set(0);
        ended.set(0);
    }

    /** What was seen so far. */
    public List<History> histories() {
        return List.copyOf(histories);
    }

    @Override
    public void close() {
        vertx.runOnContext(go -> users.forEach(User::leave));
        Conditions.pass(Duration.ofMillis(100));
        vertx.close();
    }
}
