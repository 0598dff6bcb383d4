// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import io.mtor.common.cluster.Node;
import io.mtor.common.config.Secret;
import io.mtor.common.edge.HostKey;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.worker.JoinConfig;
import io.mtor.worker.WorkerAgentVerticle;
import io.vertx.core.Future;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A worker-agent with a Vert.x of its own, which shares nothing with the realm but one connection to a gateway. */
public final class TestHost implements AutoCloseable {

    /** What the gateways of a test know. */
    public static final Secret SECRET = new Secret("a secret that is long enough for a test");

    private static final long HOUR_SECONDS = 3_600;

    private final Node node = Node.alone();
    private final HostKey key;

    private TestHost(HostKey key) {
        this.key = key;
    }

    /** A gateway with this secret and a book of its own, on a free port. */
    public static String[] gateway(String... more) {
        String book = TestRealm.write("").toString();
        return Stream.concat(
                        Stream.of("--gateway.hosts.secret", SECRET.value(), "--gateway.hosts.book", book),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    public static String token(Trust trust, QueryType... types) {
        return new JoinToken("a test", trust, List.of(types), Instant.now().getEpochSecond() + HOUR_SECONDS)
                .sign(SECRET);
    }

    /** A token for one host. */
    public static String tokenForOne(String once) {
        return new JoinToken("one", Trust.OWN, List.of(), Instant.now().getEpochSecond() + HOUR_SECONDS, once)
                .sign(SECRET);
    }

    /** Joins with just the workers of the TOML text, as the operator's own. */
    public static TestHost join(URI gateway, String toml) {
        return join(gateway, toml, HostKey.generate(), token(Trust.OWN));
    }

    /** Joins, or fails as the agent's start does. */
    public static TestHost join(URI gateway, String toml, HostKey key, String token) {
        var host = new TestHost(key);
        try {
            Await.result(host.start(gateway, toml, token));
            return host;
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    private Future<String> start(URI gateway, String toml, String token) {
        var join = new JoinConfig(gateway, new Secret(token), null, null);
        return node.vertx()
                .deployVerticle(WorkerAgentVerticle.behindGateway(
                        TestRealm.config(toml).agent(), join, key, new SecureRandom()));
    }

    /** What stands in the names of its workers. */
    public String mark() {
        return key.mark();
    }

    /** Drains and leaves. */
    @Override
    public void close() {
        Await.result(node.leave());
    }
}
