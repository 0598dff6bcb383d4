// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.DispatcherAnnouncement;
import io.mtor.common.bus.Announcement.DispatcherLeft;
import io.mtor.common.bus.Announcement.Rollcall;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Waiting;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.cluster.Membership;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Workers;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wiring, on an event bus of one process. */
class DispatcherVerticleTest {

    private static final long LIMIT_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final BlockingQueue<Announcement> announced = new LinkedBlockingQueue<>();
    private final BlockingQueue<Announcement> rollcalls = new LinkedBlockingQueue<>();
    private final BlockingQueue<GatewayBound> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Assign> assigned = new LinkedBlockingQueue<>();
    private final BlockingQueue<QueryType> observed = new LinkedBlockingQueue<>();
    private final DispatcherVerticle dispatcher = new DispatcherVerticle(
            DispatcherConfig.DEFAULT, Membership.local(), (type, micros, millis) -> observed.add(type));
    private String deployment = "";

    @BeforeEach
    void start() throws InterruptedException, ExecutionException, TimeoutException {
        bus.listen(Addresses.ANNOUNCE, announced::add);
        bus.listen(Addresses.ROLLCALL, rollcalls::add);
        bus.listen(Addresses.gateway(new GatewayId("g")), told::add);
        bus.listen(Addresses.worker(new WorkerId("a")), message -> {
            if (message instanceof Assign assign) {
                assigned.add(assign);
            }
        });
        deployment = vertx.deployVerticle(dispatcher)
                .toCompletionStage()
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws InterruptedException, ExecutionException, TimeoutException {
        vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void shouldAnnounceItselfAndCallTheRoll() throws InterruptedException {
        assertThat(next(announced)).isEqualTo(new DispatcherAnnouncement(dispatcher.id(), "local", 0));
        assertThat(next(rollcalls)).isEqualTo(new Rollcall(dispatcher.id().value()));
    }

    @Test
    void shouldAssignAndThenAssignWhatWaitedWhenTheSlotIsFree() throws InterruptedException {
        bus.publish(Addresses.ANNOUNCE, Workers.worker("a", 1, "chat"));
        send(Intents.chat(1));
        Assign first = next(assigned);
        send(Intents.chat(2));

        assertThat(next(told)).isInstanceOf(Waiting.class);
        var key = first.intent().key();
        bus.send(
                Addresses.dispatcher(first.dispatcher()),
                new WorkerReport(new WorkerId("a"), new Load(1, 0, false), List.of(key), List.of()));
        Assign second = next(assigned);

        assertThat(second.intent().key()).isEqualTo(Intents.chat(2).key());
        assertThat(second.queueMillis()).isPositive();
        assertThat(first.dispatchMicros()).isNotNegative();
        assertThat(next(observed)).isEqualTo(QueryType.CHAT);
    }

    @Test
    void shouldHandOnWhatTheGatewayGave() throws InterruptedException {
        var place = Intents.chat(1).place();
        var given = new Capability(1, Bytes.of(new byte[] {7}));
        bus.publish(Addresses.ANNOUNCE, Workers.worker("a", 1, "chat"));

        bus.send(
                Addresses.dispatcher(dispatcher.id()),
                new Place(place.intent(), place.gateway(), 1, List.of(), place.ttlMillis(), given, 0, true));

        Assign assign = next(assigned);
        assertThat(assign.capability()).isEqualTo(given);
        assertThat(assign.alone()).isTrue();
    }

    @Test
    void shouldAnswerARollCall() throws InterruptedException {
        next(announced);
        announced.clear();

        bus.publish(Addresses.ROLLCALL, new Rollcall("test"));

        assertThat(next(announced)).isInstanceOf(DispatcherAnnouncement.class);
    }

    @Test
    void shouldSayThatItLeavesAndBeSilent() throws Exception {
        send(Intents.chat(1));

        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);

        Announcement last = next(announced);
        while (last instanceof DispatcherAnnouncement) {
            last = next(announced);
        }
        assertThat(last).isEqualTo(new DispatcherLeft(dispatcher.id()));
        assertThat(assigned).isEmpty();
    }

    private void send(Intents intent) {
        bus.send(Addresses.dispatcher(dispatcher.id()), intent.place());
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
        }
        return next;
    }
}
