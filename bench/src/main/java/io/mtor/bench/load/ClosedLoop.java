// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.load;

import io.mtor.bench.Series;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** So many clients, each with one intent at a time, for so long: the rate and the latencies that they see. */
public final class ClosedLoop {

    private static final int MAX_SAMPLES = 4_000_000;

    private final Vertx vertx;
    private final Target target;
    private final int clients;

    public ClosedLoop(Vertx vertx, Target target, int clients) {
        this.vertx = vertx;
        this.target = target;
        this.clients = clients;
    }

    /**
     * What was seen.
     *
     * @param rate answers a second
     * @param p50Micros median latency in microseconds
     */
    public record Seen(int answers, int failures, double rate, double p50Micros, double p99Micros) {

        static Seen of(long[] nanos, int count, int failures, double seconds) {
            long[] sorted = Series.sorted(nanos, count);
            return new Seen(
                    count,
                    failures,
                    count / seconds,
                    Series.percentile(sorted, 0.5) / 1_000,
                    Series.percentile(sorted, 0.99) / 1_000);
        }
    }

    /** One measurement; all clients run on one event loop. */
    public Seen run(Duration duration) throws InterruptedException, ExecutionException {
        var run = new Run(System.nanoTime() + duration.toNanos());
        long start = System.nanoTime();
        return run.start()
                .compose(ignored -> run.done.future())
                .map(ignored -> Seen.of(run.samples, run.count, run.failures, (System.nanoTime() - start) / 1e9))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private final class Run {

        private final long endNanos;
        private final Promise<Void> done = Promise.promise();
        private final long[] samples = new long[MAX_SAMPLES];
        private int count;
        private int failures;
        private int open = clients;

        /** Kept because a factory that nobody refers to is closed with all its connections. */
        private @Nullable WebSocketClient factory;

        Run(long endNanos) {
            this.endNanos = endNanos;
        }

        Future<Void> start() {
            Promise<Void> connected = Promise.promise();
            vertx.getOrCreateContext().runOnContext(ignored -> {
                factory = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(clients + 1));
                List<Future<WebSocket>> sockets = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    sockets.add(factory.connect(new WebSocketConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(target.port())
                            .setURI(target.path())));
                }
                Future.all(sockets).<Void>mapEmpty().onComplete(connected);
                sockets.forEach(socket -> socket.onSuccess(this::drive));
            });
            return connected.future();
        }

        private void drive(WebSocket socket) {
            long[] sentAt = {0};
            socket.textMessageHandler(frame -> {
                boolean failed = target.isFailure(frame);
                if (!failed && !target.isEnd(frame)) {
                    return;
                }
                long now = System.nanoTime();
                failures += failed ? 1 : 0;
                if (!failed && count < MAX_SAMPLES) {
                    samples[count++] = now - sentAt[0];
                }
                if (now < endNanos) {
                    sentAt[0] = now;
                    socket.writeTextMessage(target.frame());
                } else {
                    socket.close();
                    if (--open == 0) {
                        done.tryComplete();
                    }
                }
            });
            sentAt[0] = System.nanoTime();
            socket.writeTextMessage(target.frame());
        }
    }
}
