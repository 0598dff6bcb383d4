// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import io.mtor.gateway.hosts.HostBookFile;
import io.mtor.gateway.hosts.HostEntry;
import io.mtor.gateway.hosts.HostEntry.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators rule on hosts holds at once, and at every gateway. */
class HostBookE2E {

    private static final String WORKER = """
            [agent.worker]
            demo = false
            programs = false
            [agent.discovery]
            on = false
            [[agent.simulated]]
            query_type = "chat"
            models = ["m1"]
            chunks = 8
            slots = 8
            marked = true
            """;

    @TempDir
    private Path folder;

    private HostBookFile book(String name) {
        return new HostBookFile(folder.resolve(name));
    }

    private static String[] gateway(HostBookFile book, String... more) {
        String[] flags = Arrays.copyOf(more, more.length + 2);
        flags[more.length] = "--gateway.hosts.book";
        flags[more.length + 1] = book.path().toString();
        return TestHost.gateway(flags);
    }

    private static void write(HostBookFile book, Verb verb, String mark, String note) {
        try {
            book.append(List.of(new HostEntry(Instant.now(), verb, mark, note)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(HostBookFile book) {
        try {
            return book.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitWorkers(TestUser user, String... marks) {
        Await.until("healthy workers of just these hosts: " + List.of(marks), () -> {
            var workers = user.realm().workers();
            return workers.size() == marks.length
                    && workers.stream().allMatch(worker -> worker.health() == ServerMessage.Health.HEALTHY)
                    && List.of(marks).stream().allMatch(mark -> workers.stream()
                            .anyMatch(worker -> worker.workerId().value().contains("-" + mark + ".")));
        });
    }

    private static ClientMessage.Work slow(ClientMessage.Work work) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                null,
                null,
                null,
                new Parameters("{\"work_ms\":8000}"),
                true,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void aTokenForOneHostLetsTheFirstInAgainAndNoOther() {
        HostKey first = HostKey.generate();
        HostBookFile book = book("hosts");
        String token = TestHost.tokenForOne("0123456789abcdef");
        try (var realm = TestRealm.start("", gateway(book));
                var user = new TestUser("ada", realm.uri())) {
            try (var host = TestHost.join(realm.uri(), WORKER, first, token)) {
                awaitWorkers(user, host.mark());
            }
            assertThatThrownBy(() -> TestHost.join(realm.uri(), WORKER, HostKey.generate(), token))
                    .hasMessageContaining("does not let this host in: the join token is for one host")
                    .hasMessageContaining("another has used it");
            try (var again = TestHost.join(realm.uri(), WORKER, first, token)) {
                awaitWorkers(user, again.mark());
            }
        }
        // It is remembered longer than the gateway lives.
        try (var realm = TestRealm.start("", gateway(book))) {
            assertThatThrownBy(() -> TestHost.join(realm.uri(), WORKER, HostKey.generate(), token))
                    .hasMessageContaining("another has used it");
        }
    }

    @Test
    void aHostIsRevokedWhileItWorksAndItsWorkIsDoneElsewhere() {
        HostBookFile book = book("hosts");
        HostKey key = HostKey.generate();
        String token = TestHost.token(Trust.OWN);
        try (var realm = TestRealm.start("", gateway(book));
                var user = new TestUser("ada", realm.uri());
                var bad = TestHost.join(realm.uri(), WORKER, key, token)) {
            awaitWorkers(user, bad.mark());
            TestUser.Asked asked = user.ask("chat", "Hello", HostBookE2E::slow);
            asked.first(ServerMessage.Chunk.class);
            try (var good = TestHost.join(realm.uri(), WORKER)) {
                awaitWorkers(user, bad.mark(), good.mark());

                write(book, Verb.REVOKED, bad.mark(), "sold");

                awaitWorkers(user, good.mark());
                assertThat(asked.result().workerId().value()).contains("-" + good.mark() + ".");
                assertThat(asked.all(ServerMessage.Restart.class)).hasSize(1);
                assertThatThrownBy(() -> TestHost.join(realm.uri(), WORKER, key, token))
                        .hasMessageContaining("does not let this host in: an operator has revoked this host: sold");

                write(book, Verb.APPROVED, bad.mark(), "");

                Await.until("the gateway to have read it", () -> joins(realm, key, token));
            }
        }
    }

    private static boolean joins(TestRealm realm, HostKey key, String token) {
        try (var again = TestHost.join(realm.uri(), WORKER, key, token);
                var user = new TestUser("eve", realm.uri())) {
            Await.until("its worker", () -> user.realm().workers().stream()
                    .anyMatch(worker -> worker.workerId().value().contains("-" + again.mark() + ".")));
            return true;
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("an operator has revoked this host");
            return false;
        }
    }

    @Test
    void aNewHostWaitsUntilItIsApproved() {
        HostBookFile book = book("hosts");
        try (var realm = TestRealm.start("", gateway(book, "--gateway.hosts.approval", "true"));
                var user = new TestUser("ada", realm.uri());
                var known = TestHost.join(realm.uri(), WORKER)) {
            Await.until("its arrival to be written", () -> read(book).size() == 1);
            write(book, Verb.APPROVED, known.mark(), "");
            awaitWorkers(user, known.mark());
            try (var host = TestHost.join(realm.uri(), WORKER)) {
                Await.until("its arrival to be written", () -> read(book).stream()
                        .anyMatch(line -> line.contains(" came " + host.mark() + " a test")));
                assertThat(user.ask("chat", "Hello").result().workerId().value())
                        .contains(known.mark());
                awaitWorkers(user, known.mark());

                write(book, Verb.APPROVED, host.mark(), "");

                awaitWorkers(user, known.mark(), host.mark());
            }
        }
    }

    @Test
    void whoWaitsIsNotTakenForDeadAndMaySayNothing() {
        HostBookFile book = book("hosts");
        try (var realm = TestRealm.start("", gateway(book, "--gateway.hosts.approval", "true"));
                var user = new TestUser("ada", realm.uri());
                var villain = new Villain(realm.uri(), (v, told) -> {})) {
            // Twice as long as a host may be silent.
            Await.until(
                    "it to be told for long that it waits",
                    () -> villain.heard.stream()
                                    .filter(EdgeMessage.Waiting.class::isInstance)
                                    .count()
                            >= 12);
            assertThat(villain.socket.isClosed()).isFalse();

            villain.announce(villain.worker);

            assertThat(villain.thrownOut()).isEqualTo("a host says nothing before it is let in");
            assertThat(user.realm().workers()).isEmpty();
        }
    }

    @Test
    void whatIsRuledAtOneGatewayHoldsAtTheOthers() {
        HostBookFile here = book("here");
        HostBookFile there = book("there");
        try (var realm = TestRealm.start("", gateway(here));
                var user = new TestUser("ada", realm.uri());
                var other = realm.anotherGateway(gateway(there));
                var host = TestHost.join(other.uri(), WORKER)) {
            awaitWorkers(user, host.mark());

            write(here, Verb.REVOKED, host.mark(), "sold");

            awaitWorkers(user);
            Await.until("the other to have written it", () -> read(there).stream()
                    .anyMatch(line -> line.contains("revoked " + host.mark() + " sold")));
            HostBookFile third = book("third");
            try (var newcomer = realm.anotherGateway(gateway(third))) {
                Await.until("a newcomer to be told " + newcomer.uri(), () -> read(third)
                        .containsAll(read(there)));
            }
        }
    }
}
