// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.proxy;

import io.mtor.bench.process.Conditions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Stands before the gateways as one address, as a load balancer does, and harms what passes: connections reset, stalled,
 * made deaf on one side, cut into tiny pieces or slowed down. What it did is counted. Seeded; may be used from any
 * thread.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    private final Set<Link> links = new LinkedHashSet<>();
    private final Random random;
    private final URI uri;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<URI> backends = List.of();
    private volatile Shape shape = Shape.PLAIN;

    /** Listens on a free port of loopback. */
    public FaultProxy(long seed) {
        this.random = new Random(seed);
        int port = get(vertx.createNetServer(
                                new NetServerOptions().setHost("127.0.0.1").setPort(0))
                        .connectHandler(this::accept)
                        .listen())
                .actualPort();
        this.uri = URI.create("http://127.0.0.1:" + port);
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** Where new connections go from now on, one of them at random. */
    public void forwardTo(List<URI> gateways) {
        backends = List.copyOf(gateways);
    }

    /** How the data of connections pass that are made from now on. */
    public void shape(Shape now) {
        shape = now;
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    private void accept(NetSocket down) {
        connections.incrementAndGet();
        down.pause();
        List<URI> order = new ArrayList<>(backends);
        Collections.shuffle(order, random);
        connect(down, order, 0);
    }

    /** Goes on to the next if one refuses: the user must not notice that one of two is gone. */
    private void connect(NetSocket down, List<URI> order, int next) {
        if (next == order.size()) {
            down.close();
            return;
        }
        URI to = order.get(next);
        client.connect(to.getPort(), to.getHost())
                .onSuccess(up -> {
                    var link = new Link(vertx, down, up, shape);
                    links.add(link);
                    link.begin(() -> links.remove(link));
                })
                .onFailure(e -> connect(down, order, next + 1));
    }

    /** Resets this share of the connections, without a goodbye; says how many. */
    public int reset(double share) {
        return harm(share, Link::reset);
    }

    /** Lets nothing pass on this share of the connections for so long; says how many. */
    public int stall(double share, Duration time) {
        return harm(share, link -> link.stall(time.toMillis()));
    }

    /** From now on the users of this share of the connections hear nothing, and are not told; says how many. */
    public int silence(double share) {
        return harm(share, Link::silence);
    }

    private int harm(double share, Consumer<Link> how) {
        var harmed = new CompletableFuture<Integer>();
        vertx.runOnContext(go -> {
            Set<Link> chosen = links.stream()
                    .filter(link -> random.nextDouble() < share)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (chosen.isEmpty()) {
                links.stream().findAny().ifPresent(chosen::add);
            }
            chosen.forEach(how);
            harmed.complete(chosen.size());
        });
        Conditions.await("the proxy to do harm", Duration.ofSeconds(10), harmed::isDone);
        return harmed.join();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
