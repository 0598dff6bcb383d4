// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bus speaks to certificates of its own authority only. */
@Timeout(120)
class BusTlsIT {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long IMPATIENCE_MILLIS = 3_000;

    private static final String PASSWORD = "for-this-test";

    record Alone(ClusterConfig cluster) {}

    @Test
    void shouldTalkToItsOwnAndToNoStranger(@TempDir Path folder) throws Exception {
        // Given
        int port = Jvm.freePort();
        List<String> ours = identity(folder.resolve("ours"));
        List<String> strange = identity(folder.resolve("strange"));
        Node first = start(port, port, ours);
        Node second = start(Jvm.freePort(), port, ours);
        Node stranger = start(Jvm.freePort(), port, strange);
        try {
            var consumer = first.vertx().eventBus().<String>consumer("secret", message -> message.reply("told"));
            await(consumer.completion());

            // Then
            assertThat(ask(second, PATIENCE_MILLIS)).isEqualTo("told");
            assertThatThrownBy(() -> ask(stranger, IMPATIENCE_MILLIS)).hasMessageContaining("Timed out");
        } finally {
            await(Future.join(second.leave(), stranger.leave()));
            await(first.leave());
        }
    }

    private static String ask(Node node, long millis) throws Exception {
        var patience = new DeliveryOptions().setSendTimeout(millis);
        return await(node.vertx().eventBus().<String>request("secret", "?", patience))
                .body();
    }

    private static Node start(int port, int peer, List<String> identity) {
        var args = new ArrayList<>(identity);
        args.add("--cluster.enabled");
        args.add("--cluster.hazelcast_port=" + port);
        args.add("--cluster.members=127.0.0.1:" + peer);
        return ClusterStart.start(ConfigLoader.load(Alone.class, Aliases.none(), args, Map.of())
                .config()
                .cluster());
    }

    /** A key, and a certificate that is its own authority. */
    private static List<String> identity(Path folder) throws Exception {
        Files.createDirectories(folder);
        Path store = folder.resolve("store.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=mtor",
                "-ext",
                "bc:c",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        assertThat(keytool.start().waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path key = pem(
                folder,
                "PRIVATE KEY",
                keys.getKey("node", PASSWORD.toCharArray()).getEncoded());
        Path certificate =
                pem(folder, "CERTIFICATE", keys.getCertificate("node").getEncoded());
        return List.of(
                "--cluster.tls.key=" + key,
                "--cluster.tls.certificate=" + certificate,
                "--cluster.tls.authority=" + certificate);
    }

    private static Path pem(Path folder, String kind, byte[] content) throws Exception {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + kind + "-----\n";
        return Files.writeString(folder.resolve(kind.replace(' ', '-') + ".pem"), text);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
