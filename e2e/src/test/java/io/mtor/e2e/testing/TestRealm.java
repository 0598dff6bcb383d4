// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Node;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.gateway.GatewayVerticle;
import io.mtor.realm.Realm;
import io.mtor.realm.RealmConfig;
import io.mtor.worker.WorkerAgentVerticle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A whole realm in this JVM, on a free port, with just the workers that the test names. */
public final class TestRealm implements AutoCloseable {

    /** A free port and no worker. */
    private static final Map<String, String> NOBODY = Map.of(
            "--gateway.port", "0",
            "--agent.worker.demo", "false",
            "--agent.worker.programs", "false",
            "--agent.discovery.on", "false");

    private final Node node;
    private final Realm realm;

    private TestRealm(Node node, Realm realm) {
        this.node = node;
        this.realm = realm;
    }

    /** A realm without any worker but those of the TOML text, which is a realm's configuration file. */
    public static TestRealm start(String toml, String... flags) {
        return start(config(toml, flags));
    }

    /** A realm as a stranger starts it, but on a free port and without looking for model servers of this machine. */
    public static TestRealm withDemo(String... flags) {
        return start(load(Map.of("--gateway.port", "0", "--agent.discovery.on", "false"), List.of(flags)));
    }

    private static TestRealm start(RealmConfig config) {
        Node node = Node.alone();
        return new TestRealm(node, Await.result(Realm.start(node, config)));
    }

    /** What {@link #start(String, String...)} runs. */
    static RealmConfig config(String toml, String... flags) {
        var usual = new LinkedHashMap<>(NOBODY);
        usual.put("--config", write(toml).toString());
        return load(usual, List.of(flags));
    }

    private static RealmConfig load(Map<String, String> usual, List<String> flags) {
        var all = new LinkedHashMap<>(usual);
        // What the test says goes before what is said here.
        for (int i = 0; i < flags.size(); i += 2) {
            all.put(flags.get(i), flags.get(i + 1));
        }
        List<String> arguments = all.entrySet().stream()
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .toList();
        return ConfigLoader.load(RealmConfig.class, Aliases.none(), arguments, Map.of())
                .config();
    }

    /** One more worker-agent joins, with just these workers; it leaves when it is closed. */
    public AutoCloseable join(String toml, String name) {
        var agent = new WorkerAgentVerticle(
                config(toml, "--agent.worker.name", name).agent(), node.membership(), new SecureRandom());
        String deployment = Await.result(node.vertx().deployVerticle(agent));
        return () -> Await.result(node.vertx().undeploy(deployment));
    }

    /** Another gateway of this realm. */
    public record Another(URI uri, Runnable stop) implements AutoCloseable {

        @Override
        public void close() {
            stop.run();
        }
    }

    /** One more gateway joins; it leaves when it is closed. */
    public Another anotherGateway(String... flags) {
        var gateway = new GatewayVerticle(
                config("", flags).gateway(), node.membership(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        String deployment = Await.result(node.vertx().deployVerticle(gateway));
        URI uri = URI.create("ws://127.0.0.1:" + Await.result(gateway.port()));
        return new Another(uri, () -> Await.result(node.vertx().undeploy(deployment)));
    }

    /** A file of its own with this text, gone with the JVM. */
    public static Path write(String toml) {
        try {
            Path file = Files.createTempFile("mtor-", ".toml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, toml);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file", e);
        }
    }

    /** Where its gateway listens. */
    public URI uri() {
        return realm.uri();
    }

    /** Where its gateway listens for HTTPS, if it does. */
    public URI secureUri() {
        return URI.create("https://localhost:"
                + Objects.requireNonNull(realm.secure(), "no HTTPS").port());
    }

    /** Drains and stops. */
    @Override
    public void close() {
        Await.result(realm.stop());
        Await.result(node.leave());
    }
}
