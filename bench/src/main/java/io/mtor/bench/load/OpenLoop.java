// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.load;

import io.mtor.common.protocol.IntentId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Intents that come when they come, whether or not the earlier ones are done. */
public final class OpenLoop {

    private static final String GUID = "\"guid\":\"";

    private final Vertx vertx;
    private final int port;

    public OpenLoop(Vertx vertx, int port) {
        this.vertx = vertx;
        this.port = port;
    }

    /** When each intent is to be sent, in milliseconds from the start, and how long its work takes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and large.
    public record Load(double[] atMillis, long[] workMillis) {}

    /** When each was sent and answered, in milliseconds from the start. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and large.
    public record Seen(double[] sentMillis, double[] answeredMillis) {

        /** What was not work: waiting in line, and everything of ours. */
        public double[] waitMillis(Load load) {
            double[] waits = new double[sentMillis.length];
            for (int i = 0; i < waits.length; i++) {
                waits[i] = Math.max(0, answeredMillis[i] - sentMillis[i] - load.workMillis[i]);
            }
            return waits;
        }
    }

    /**
     * Poisson arrivals and lognormal work.
     *
     * @param ratePerMilli intents in a millisecond
     */
    public static Load poisson(int count, double ratePerMilli, double mu, double sigma, long seed) {
        var random = new Random(seed);
        double[] at = new double[count];
        long[] work = new long[count];
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += -Math.log(1 - random.nextDouble()) / ratePerMilli;
            at[i] = now;
            work[i] = Math.max(1, Math.round(Math.exp(mu + sigma * random.nextGaussian())));
        }
        return new Load(at, work);
    }

    /** Sends all and waits for all answers. */
    public Seen run(Load load) throws InterruptedException, ExecutionException {
        var run = new Run(load);
        return run.start().toCompletionStage().toCompletableFuture().get();
    }

    private final class Run {

        private final Load load;
        private final Seen seen;
        private final Map<String, Integer> open = new HashMap<>();
        private final Promise<Seen> done = Promise.promise();
        private @Nullable WebSocketClient factory;
        private long startNanos;
        private int next;

        Run(Load load) {
            this.load = load;
            int count = load.atMillis.length;
            this.seen = new Seen(new double[count], new double[count]);
        }

        Future<Seen> start() {
            vertx.getOrCreateContext().runOnContext(ignored -> {
                factory = vertx.createWebSocketClient();
                factory.connect(new WebSocketConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .setURI("/ws"))
                        .onSuccess(socket -> {
                            socket.textMessageHandler(this::onFrame);
                            startNanos = System.nanoTime();
                            vertx.setPeriodic(1, timer -> sendDue(socket));
                        })
                        .onFailure(done::tryFail);
            });
            return done.future();
        }

        private double nowMillis() {
            return (System.nanoTime() - startNanos) / 1e6;
        }

        private void sendDue(WebSocket socket) {
            double now = nowMillis();
            while (next < load.atMillis.length && load.atMillis[next] <= now) {
                String guid = IntentId.random().value();
                open.put(guid, next);
                socket.writeTextMessage("{\"type\":\"work\"," + GUID + guid
                        + "\",\"query_type\":\"bench\",\"query_text\":\"a neon mountain\",\"user_id\":\"bench\","
                        + "\"parameters\":{\"work_ms\":" + load.workMillis[next] + "}}");
                seen.sentMillis[next] = nowMillis();
                next++;
            }
        }

        private void onFrame(String frame) {
            if (frame.startsWith("{\"type\":\"error\"")) {
                done.tryFail(new IllegalStateException("an intent failed: " + frame));
                return;
            }
            int at = frame.indexOf(GUID);
            if (!frame.startsWith("{\"type\":\"result\"") || at < 0) {
                return;
            }
            String guid = frame.substring(at + GUID.length(), at + GUID.length() + 36);
            Integer index = open.remove(guid);
            if (index != null) {
                seen.answeredMillis[index] = nowMillis();
            }
            if (open.isEmpty() && next == load.atMillis.length) {
                done.tryComplete(seen);
            }
        }
    }
}
