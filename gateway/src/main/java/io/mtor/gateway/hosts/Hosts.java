// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.GatewayAnnouncement;
import io.mtor.common.bus.Announcement.GatewayLeft;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.GatewayBound.Failed;
import io.mtor.common.bus.Operating;
import io.mtor.common.config.Secret;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.ServerMessage.HostState;
import io.mtor.gateway.audit.AuditConfig;
import io.mtor.gateway.audit.Reputations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands on the bus for the workers of hosts that have joined through this gateway: under their addresses, so that nobody
 * else can tell the difference.
 *
 * <p>A host whose connection is lost comes back within a moment, here or at another gateway, with what it has in hand. So
 * its workers are said to have left only if they are not heard of for a while. Whoever hears that a worker of its own is
 * announced by another gateway lets go of the old connection, which is dead and does not know it.
 *
 * <p>Lives on the gateway's event loop.
 */
public final class Hosts {

    private static final Logger LOGGER = LoggerFactory.getLogger(Hosts.class);

    private static final short RESTARTS = 1012;

    /** Of the numbers that RFC 6455 leaves to applications; a connection that is closed as usual says nothing. */
    private static final short ELSEWHERE = 4001;

    private static final short COME_AGAIN = 1013;

    /** Whoever has a token may bring many hosts; they are not to keep others out. */
    private static final int MAX_WAITING = 100;

    /** For the answer to the challenge. */
    private static final long PROOF_MILLIS = 5_000;

    /** A host says that it is there every second. */
    private static final long SILENCE_MILLIS = 6_000;

    private static final long SECOND_MILLIS = 1_000;

    private final Vertx vertx;
    private final GatewayId id;
    private final HostsConfig config;
    private final LongSupplier clock;
    private final String node;
    private final BooleanSupplier closedForNew;
    private final Set<HostSocket> sockets = new LinkedHashSet<>();
    private final Bridges bridges;
    private final Map<GatewayId, String> gateways = new HashMap<>();
    private final Bookkeeper keeper;
    private final Restraint restraint;
    private @Nullable Secret secret;
    private long second;

    /**
     * Lets nobody in before {@link #read}.
     *
     * @param closedForNew true while hosts had better go to another gateway
     */
    public Hosts(
            Vertx vertx,
            Bus bus,
            GatewayId id,
            HostsConfig config,
            AuditConfig audit,
            Reputations reputations,
            LongSupplier clock,
            BooleanSupplier closedForNew,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.bridges = new Bridges(bus, config.answer(), clock);
        this.id = id;
        this.config = config;
        this.clock = clock;
        this.node = "behind " + id;
        this.closedForNew = closedForNew;
        this.secret = config.secret();
        this.keeper = new Bookkeeper(vertx, bus, id, new HostBookFile(config.bookFile()), this::review);
        this.restraint = new Restraint(audit, reputations, keeper.book());
        Gauge.builder("mtor.gateway.hosts", sockets, Set::size)
                .description("Hosts that have joined through this gateway")
                .register(registry);
    }

    /** Looks whether there is a secret now, and what the operators have ruled; to be called every few seconds. */
    public Future<Void> read() {
        Future<Void> secretRead = config.secret() != null ? Future.succeededFuture() : readSecret();
        return secretRead.compose(ignored -> keeper.read()).onSuccess(ignored -> {
            if (secret != null) {
                keeper.compare();
            }
        });
    }

    private Future<Void> readSecret() {
        return vertx.fileSystem()
                .readFile(config.file().toString())
                .map(read -> read.toString(StandardCharsets.UTF_8).strip())
                .otherwise("")
                .onSuccess(text -> secret = text.length() < HostsConfig.MIN_CHARS ? null : new Secret(text))
                .mapEmpty();
    }

    // ---- the door

    /** Lets a host in that shows a good token. */
    public void handle(HttpServerRequest request) {
        JoinToken token;
        try {
            token = tokenOf(request);
        } catch (JoinToken.BadToken e) {
            answer(request, 401, String.valueOf(e.getMessage()));
            return;
        }
        if (!request.canUpgradeToWebSocket()) {
            answer(request, 426, "This is a WebSocket.");
        } else if (closedForNew.getAsBoolean() || sockets.size() >= config.max()) {
            answer(request, 503, "this gateway takes no more hosts now");
        } else {
            request.toWebSocket().onSuccess(opened -> {
                var socket =
                        new HostSocket(opened, token, node, config, new Ear(), bridges.emptyHand(token.trust()), now());
                sockets.add(socket);
                socket.start();
            });
        }
    }

    private JoinToken tokenOf(HttpServerRequest request) throws JoinToken.BadToken {
        Secret known = secret;
        String shown = request.headers().get("Authorization");
        if (known == null) {
            throw new JoinToken.BadToken("this realm has no hosts behind its gateways: mtor token create begins it");
        }
        if (shown == null || !shown.startsWith("Bearer ")) {
            throw new JoinToken.BadToken("a join token is missing");
        }
        return JoinToken.verify(shown.substring("Bearer ".length()), known, Instant.now());
    }

    private static void answer(HttpServerRequest request, int status, String why) {
        request.response().setStatusCode(status).end(why + "\n");
    }

    private final class Ear implements HostSocket.Listener {

        @Override
        public void proven(HostSocket socket) {
            dropOthers(socket);
            keeper.note(keeper.book().arrivalOf(socket.mark(), socket.token(), Instant.now()));
            consider(socket);
        }

        @Override
        public void alive(HostSocket socket) {
            socket.heardAt(now());
        }

        @Override
        public void says(HostSocket socket, EdgeMessage.FromHost message) {
            socket.heardAt(now());
            forward(socket, message);
        }

        @Override
        public void closed(HostSocket socket, String why) {
            gone(socket, why);
        }
    }

    // ---- what operators have ruled

    /** The book says something new. */
    private void review() {
        List.copyOf(sockets).stream().filter(HostSocket::isProven).forEach(this::consider);
    }

    private void consider(HostSocket socket) {
        if (!sockets.contains(socket)) {
            return;
        }
        switch (keeper.book().judge(socket.mark(), socket.token(), config.approval())) {
            case HostBook.Verdict.Refused(var why) -> throwOut(socket, why);
            case HostBook.Verdict.In in -> letIn(socket);
            case HostBook.Verdict.Waits(var why) -> {
                if (!socket.isIn()) {
                    letWait(socket, why);
                }
            }
        }
    }

    private void letIn(HostSocket socket) {
        if (socket.isIn()) {
            return;
        }
        LOGGER.atInfo()
                .addKeyValue("host", socket.mark())
                .addKeyValue("token", socket.token().name())
                .addKeyValue("trust", socket.token().trust())
                .log("host joins");
        socket.letIn();
        socket.send(new EdgeMessage.Welcome(
                id, socket.token().trust(), socket.token().queryTypes()));
    }

    private void letWait(HostSocket socket, String why) {
        if (sockets.stream().filter(HostSocket::isWaiting).count() > MAX_WAITING) {
            drop(socket, COME_AGAIN, "too many hosts wait to be approved");
        } else {
            socket.keepWaiting(why);
        }
    }

    /** The newest connection of a host counts. */
    private void dropOthers(HostSocket socket) {
        for (HostSocket other : List.copyOf(sockets)) {
            if (other != socket && other.mark().equals(socket.mark())) {
                drop(other, ELSEWHERE, "the host has connected again");
            }
        }
    }

    /** Its workers are gone at once, so that what they had in hand is done elsewhere. */
    private void throwOut(HostSocket socket, String why) {
        sockets.remove(socket);
        log(socket, why);
        bridges.left(socket);
        socket.refuse(why);
    }

    /**
     * Writes what an operator rules on a host; it holds at once.
     *
     * @throws IllegalArgumentException naming what is wrong with the reason
     */
    public void rule(HostEntry.Verb verb, String mark, String why) {
        keeper.note(List.of(keeper.book().rule(verb, mark, why, Instant.now())));
    }

    /** Those that are connected, as operators see them. */
    public List<Operating.Host> connected() {
        return sockets.stream()
                .filter(HostSocket::isProven)
                .limit(Operating.GatewayPulse.MAX_HOSTS)
                .map(HostSocket::seen)
                .toList();
    }

    /** Those that are kept from work, the latest ruling first. */
    public List<HostState> kept() {
        return keeper.book().kept(Operating.GatewayPulse.MAX_HOSTS);
    }

    /** Takes what other gateways say of hosts. */
    public void hear(Operating message) {
        keeper.hear(message);
        var here = sockets.stream().map(HostSocket::mark).toList();
        keeper.note(restraint.count(message, id, here, Instant.now()));
    }

    private void gone(HostSocket socket, String why) {
        if (sockets.remove(socket)) {
            log(socket, why);
            bridges.lost(socket, now());
        }
    }

    private static void log(HostSocket socket, String why) {
        LOGGER.atInfo()
                .addKeyValue("host", socket.mark())
                .addKeyValue("token", socket.token().name())
                .addKeyValue("reason", why)
                .log("host is gone");
    }

    // ---- between the host and the bus

    private void forward(HostSocket socket, EdgeMessage.FromHost message) {
        EdgeMessage.FromHost known =
                restraint.apply(socket.mark(), socket.token().trust(), message, socket.inHand(), now());
        if (known != message && known instanceof EdgeMessage.ToGateway(var to, Failed failed)) {
            socket.notLetThrough(failed, now());
        }
        bridges.carry(socket, known);
    }

    /** It goes without its workers being gone. */
    private void drop(HostSocket socket, short code, String why) {
        if (sockets.remove(socket)) {
            bridges.moved(socket);
        }
        socket.close(code, why);
    }

    // ---- what is announced

    /** Takes what was published to all. */
    public void hear(Announcement announcement) {
        switch (announcement) {
            case WorkerAnnouncement worker -> heardElsewhere(worker);
            case GatewayAnnouncement gateway -> {
                gateways.put(gateway.gateway(), gateway.node());
                tell(gateway);
            }
            case GatewayLeft gateway -> {
                gateways.remove(gateway.gateway());
                tell(gateway);
            }
            default -> {}
        }
    }

    private void heardElsewhere(WorkerAnnouncement worker) {
        if (worker.node().equals(node)) {
            return;
        }
        bridges.heardElsewhere(worker.worker());
        if (bridges.has(worker.worker())) {
            List.copyOf(sockets).stream()
                    .filter(socket -> socket.workers().containsKey(worker.worker()))
                    .forEach(socket -> drop(socket, ELSEWHERE, "the host has connected to another gateway"));
        }
    }

    /** A cluster node is gone, and the gateways on it. */
    public void nodeLeft(String left) {
        List.copyOf(gateways.entrySet()).stream()
                .filter(each -> each.getValue().equals(left))
                .map(Map.Entry::getKey)
                .forEach(gateway -> hear(new GatewayLeft(gateway)));
    }

    private void tell(Announcement announcement) {
        var news = new EdgeMessage.News(announcement);
        sockets.stream().filter(HostSocket::isIn).forEach(socket -> socket.send(news));
    }

    // ---- time

    /** To be called about every 100 ms. */
    public void tick() {
        long now = now();
        for (HostSocket socket : List.copyOf(sockets)) {
            if (!socket.isProven() && now - socket.since() > PROOF_MILLIS) {
                socket.refuse("the host has not proven its key");
            } else if (now - socket.heard() > SILENCE_MILLIS) {
                gone(socket, "silent for " + SILENCE_MILLIS / SECOND_MILLIS + " s");
                socket.refuse("silent");
            }
        }
        if (now - second >= SECOND_MILLIS) {
            second = now;
            sockets.forEach(HostSocket::readOn);
            List.copyOf(sockets).stream().filter(HostSocket::isWaiting).forEach(this::consider);
        }
        bridges.tick(now);
    }

    /** Sends the hosts to other gateways. */
    public void leave() {
        List.copyOf(sockets).forEach(socket -> drop(socket, RESTARTS, "the gateway restarts"));
    }

    private long now() {
        return clock.getAsLong();
    }
}
