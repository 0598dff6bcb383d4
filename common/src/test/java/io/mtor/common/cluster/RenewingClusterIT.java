// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two members in one JVM, one of which is to be reached by the other. */
@Timeout(120)
class RenewingClusterIT {

    private static final long POLL_NANOS = 50_000_000;

    private RenewingCluster asking;
    private RenewingCluster asked;
    private Vertx asks;
    private Vertx answers;

    @BeforeEach
    void start() throws Exception {
        int port = Jvm.freePort();
        asking = manager("--cluster.hazelcast_port=" + port);
        asks = vertx(asking);
        asked = manager("--cluster.hazelcast_port=" + Jvm.freePort(), "--cluster.members=127.0.0.1:" + port);
        answers = vertx(asked);
        await(answers.eventBus()
                .<String>consumer("asked", message -> message.reply("here"))
                .completion());
    }

    private static RenewingCluster manager(String... options) throws Exception {
        return new RenewingCluster(HazelcastSettings.of(ClusterIT.config(options), InetAddress.getLoopbackAddress()));
    }

    private static Vertx vertx(RenewingCluster manager) throws Exception {
        return await(Vertx.builder().withClusterManager(manager).buildClustered());
    }

    @AfterEach
    void stop() throws Exception {
        await(answers.close());
        await(asks.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private boolean isReached() throws Exception {
        return isAnswered(asks, "asked");
    }

    private static boolean isAnswered(Vertx by, String address) throws Exception {
        try {
            return await(by.eventBus()
                            .request(address, "", new DeliveryOptions().setSendTimeout(RenewingCluster.EVERY_MILLIS)))
                    != null;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private void awaitReached() throws Exception {
        while (!isReached()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private List<RegistrationInfo> registrations() throws Exception {
        Promise<List<RegistrationInfo>> found = Promise.promise();
        asking.getRegistrations("asked", found);
        return await(found.future());
    }

    /** As a member does that believes that all others are gone, and merges before it has cleaned up after them. */
    @Test
    void shouldBeReachedAgainWhenSomebodyHasRemovedItsAddress() throws Exception {
        awaitReached();
        MultiMap<String, Object> addresses = addresses();
        addresses.keySet().forEach(addresses::remove);
        IMap<String, Object> nodes = asking.getHazelcastInstance().getMap("__vertx.nodeInfo");
        nodes.clear();
        assertThat(registrations()).isEmpty();

        while (!nodes.keySet().containsAll(Set.of(asking.getNodeId(), asked.getNodeId()))) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        awaitReached();
    }

    private MultiMap<String, Object> addresses() {
        return asking.getHazelcastInstance().getMultiMap("__vertx.subs");
    }

    @Test
    void shouldNotBringBackWhatWasGivenUp() throws Exception {
        var second = answers.eventBus().<String>consumer("given up", message -> {});
        await(second.completion());
        await(second.unregister());
        await(answers.eventBus().<String>consumer("later", message -> {}).completion());
        addresses().clear();

        while (!addresses().containsKey("later")) {
            LockSupport.parkNanos(POLL_NANOS);
        }

        assertThat(addresses().containsKey("given up")).isFalse();
    }

    /** Whoever cleans up after a member holds the lock, and waits for others meanwhile. */
    @Test
    void shouldNotStandStillWhileSomebodyCleansUp() throws Exception {
        awaitReached();
        var merging = new LifecycleEvent(LifecycleEvent.LifecycleState.MERGING);

        synchronized (asked) {
            CompletableFuture.runAsync(() -> asked.stateChanged(merging)).get(60, TimeUnit.SECONDS);
            long longEnough = System.nanoTime() + RenewingCluster.EVERY_MILLIS * 2_000_000;
            while (System.nanoTime() < longEnough) {
                assertThat(isReached()).isTrue();
            }
        }
    }

    /** To clean up takes up to half a second, and whoever waits for somebody who died must not wait for that, too. */
    @Test
    void shouldTellWhoLeftWhileSomebodyCleansUp() throws Exception {
        var membership = new HazelcastMembership(asking.getHazelcastInstance().getCluster());
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        int listeners = 10;
        for (int i = 0; i < listeners; i++) {
            membership.onNodeLeft(asks.getOrCreateContext(), left::add);
        }

        String node = asked.getNodeId();
        synchronized (asking) {
            await(answers.close());
            for (int i = 0; i < listeners; i++) {
                assertThat(left.poll(10, TimeUnit.SECONDS)).isEqualTo(node);
            }
        }
    }

    /** Whoever has stood still cleans up after everybody, one after the other, and merges with them meanwhile. */
    @Test
    void shouldNotCleanUpAfterWhoHasComeBackWhileItWaited() throws Exception {
        awaitReached();
        Member other = asking.getHazelcastInstance().getCluster().getMembers().stream()
                .filter(member -> !member.localMember())
                .findFirst()
                .orElseThrow();
        AtomicReference<Set<Member>> members = new AtomicReference<>(Set.of());
        var looks = new AtomicInteger();
        var cluster = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    looks.incrementAndGet();
                    return members.get();
                });
        synchronized (asking) {
            asking.memberRemoved(new MembershipEvent(cluster, other, MembershipEvent.MEMBER_REMOVED, Set.of()));
            while (!isSomebodyWaiting()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            members.set(Set.of(other));
        }
        while (looks.get() == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }

        synchronized (asking) {
            assertThat(addresses().containsKey("asked")).isTrue();
        }
    }

    private static boolean isSomebodyWaiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(each -> each.getKey().getState() == Thread.State.BLOCKED
                        && Stream.of(each.getValue())
                                .anyMatch(frame -> frame.getClassName().endsWith("RenewingCluster")));
    }

    /** As those do whom others join after a split: what is new in the table is told to nobody. */
    @Test
    void shouldReachWhoHasComeUnheard() throws Exception {
        var members = "--cluster.members=127.0.0.1:"
                + asking.getHazelcastInstance()
                        .getCluster()
                        .getLocalMember()
                        .getAddress()
                        .getPort();
        var cluster = new Deaf("--cluster.hazelcast_port=" + Jvm.freePort(), members);
        Vertx deaf = vertx(cluster);
        MessageConsumer<String> first = answers.eventBus().consumer("moves", message -> message.reply("first"));
        await(first.completion());
        assertThat(isAnswered(deaf, "moves")).isTrue();

        RenewingCluster coming = manager("--cluster.hazelcast_port=" + Jvm.freePort(), members);
        Vertx late = vertx(coming);
        await(late.eventBus()
                .<String>consumer("moves", message -> message.reply("second"))
                .completion());
        await(first.unregister());
        while (!cluster.missed.equals(Set.of(coming.getNodeId()))) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        assertThat(isAnswered(deaf, "moves")).isFalse();
        cluster.deaf = false;

        while (!isAnswered(deaf, "moves")) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        await(late.close());
        await(deaf.close());
    }

    /** Misses changes in the table. */
    private static final class Deaf extends RenewingCluster {

        private volatile boolean deaf = true;
        private volatile Set<String> missed = Set.of();

        Deaf(String... options) throws Exception {
            super(HazelcastSettings.of(ClusterIT.config(options), InetAddress.getLoopbackAddress()));
        }

        @Override
        public void registrationListener(RegistrationListener told) {
            super.registrationListener(new RegistrationListener() {
                @Override
                public void registrationsUpdated(RegistrationUpdateEvent event) {
                    if (deaf) {
                        missed = event.registrations().stream()
                                .map(RegistrationInfo::nodeId)
                                .collect(Collectors.toSet());
                    } else {
                        told.registrationsUpdated(event);
                    }
                }

                @Override
                public boolean wantsUpdatesFor(String address) {
                    return told.wantsUpdatesFor(address);
                }
            });
        }
    }

    @Test
    void shouldNotMournWhoIsThereAgain() throws Exception {
        Cluster cluster = asking.getHazelcastInstance().getCluster();
        Member other = cluster.getMembers().stream()
                .filter(member -> !member.localMember())
                .findFirst()
                .orElseThrow();
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        var membership = new HazelcastMembership(cluster);
        var late = new MembershipEvent(cluster, other, MembershipEvent.MEMBER_REMOVED, cluster.getMembers());

        asking.memberRemoved(late);
        membership.removed(late, asks.getOrCreateContext(), left::add);

        assertThat(registrations()).isNotEmpty();
        assertThat(left).isEmpty();
    }
}
