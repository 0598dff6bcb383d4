// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Membership;
import io.mtor.common.cluster.StartException;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.GatewayVerticle;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS as clients meet it. */
@Timeout(120)
class TlsIT {

    @TempDir
    private Path folder;

    private RunningGateway generated(String... more) {
        var options = new ArrayList<String>();
        options.add("--gateway.tls.generated=true");
        options.add("--gateway.tls.port=0");
        options.add("--gateway.tls.look=50ms");
        options.add("--gateway.tls.generated-file=" + file());
        options.addAll(List.of(more));
        return new RunningGateway(options.toArray(String[]::new));
    }

    private Path file() {
        return folder.resolve("kept/gateway.p12");
    }

    private X509Certificate kept() throws Exception {
        return (X509Certificate) KeyStore.getInstance(file().toFile(), "mtor-gateway".toCharArray())
                .getCertificate("gateway");
    }

    @Test
    void shouldServeTheSameOverACertificateThatItMade() throws Exception {
        try (var gateway = generated()) {
            var client = Trusting.of(kept());

            assertThat(client.get(gateway.securePort, "/readyz").body()).isEqualTo("ready\n");
            assertThat(client.get(gateway.securePort, "/").headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("trusted-types lit-html mtor-service-worker"));
            assertThat(gateway.get("/readyz").body()).isEqualTo("ready\n");
            var chat = client.send(HttpRequest.newBuilder(
                            URI.create("https://localhost:" + gateway.securePort + "/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"fake-model\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"say"
                                    + " Hello there\"}]}")));
            assertThat(chat.body()).contains("\"content\":\"Hello \"").contains("data: [DONE]");
        }
    }

    @Test
    void shouldServeWebSocketsOverIt() throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        try (var gateway = new RunningGateway(pem.options())) {
            var trust = new PemTrustOptions().addCertValue(Buffer.buffer(Files.readAllBytes(pem.certificate())));
            var owner = gateway.vertx()
                    .createWebSocketClient(
                            new WebSocketClientOptions().setSsl(true).setTrustOptions(trust));
            var socket = owner.connect(new WebSocketConnectOptions()
                            .setHost("localhost")
                            .setPort(gateway.securePort)
                            .addHeader("Origin", "https://localhost:" + gateway.securePort)
                            .addSubProtocol("mtor.v1")
                            .setURI("/ws"))
                    .await();
            var heard = new LinkedBlockingQueue<ServerMessage>();
            socket.textMessageHandler(text -> heard.add(ProtocolJson.decodeServer(text)));

            socket.writeTextMessage(ProtocolJson.encode(new ClientMessage.Hello("test", null, null, Map.of())));

            assertThat(heard.poll(20, TimeUnit.SECONDS)).isInstanceOf(ServerMessage.Welcome.class);
        }
    }

    @Test
    void shouldKeepWhatItMadeForItsOwnerAlone() throws Exception {
        X509Certificate first;
        try (var gateway = generated()) {
            first = kept();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            try (var files = Files.list(file().getParent())) {
                assertThat(files).containsExactly(file());
            }
            assertThat(Trusting.of(first).get(gateway.securePort, "/livez").statusCode())
                    .isEqualTo(200);
        }
        try (var again = generated()) {
            assertThat(kept()).isEqualTo(first);
            assertThat(Trusting.of(first).get(again.securePort, "/livez").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldMakeAnotherWhenItsFileIsGone() throws Exception {
        try (var gateway = generated()) {
            X509Certificate first = kept();
            assertThat(Trusting.of(first).get(gateway.securePort, "/livez").statusCode())
                    .isEqualTo(200);

            Files.delete(file());

            Waiting.until(() -> Trusting.of(first).isRefused(gateway.securePort), "another one is shown");
            assertThat(Trusting.of(kept()).get(gateway.securePort, "/livez").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldChangeToAnotherCertificateAndStayWithTheOldOneWhileTheNewIsBroken() throws Exception {
        var pem = Pem.in(folder);
        X509Certificate first = pem.renew();
        try (var gateway = new RunningGateway(pem.options())) {
            assertThat(Trusting.of(first).get(gateway.securePort, "/livez").statusCode())
                    .isEqualTo(200);

            Files.writeString(pem.certificate(), "nothing");
            assertThat(Trusting.of(first).get(gateway.securePort, "/livez").statusCode())
                    .isEqualTo(200);

            X509Certificate second = pem.renew();
            Waiting.until(() -> !Trusting.of(second).isRefused(gateway.securePort), "the new one is shown");
            assertThat(Trusting.of(first).isRefused(gateway.securePort)).isTrue();
        }
    }

    @Test
    void shouldNotStartWithABrokenFile() throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        Files.writeString(pem.certificate(), "nothing");
        Vertx vertx = Vertx.vertx();
        try {
            var gateway = new GatewayVerticle(
                    RunningGateway.config(pem.options()),
                    Membership.local(),
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

            assertThatThrownBy(() -> vertx.deployVerticle(gateway).await())
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("there is no certificate in " + pem.certificate());
        } finally {
            vertx.close().await();
        }
    }
}
