// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.ConfigException;
import io.mtor.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway tells of its HTTPS address, and to whom. */
@Timeout(60)
class WhereaboutsIT {

    @TempDir
    private Path folder;

    private RunningGateway withTls(String... more) throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        String[] options = Arrays.copyOf(pem.options(), pem.options().length + more.length);
        System.arraycopy(more, 0, options, pem.options().length, more.length);
        return new RunningGateway(options);
    }

    /** The answer to a request that names this host. */
    private static String ask(RunningGateway gateway, String path, String host) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldTellTheHostThatWasAskedAndNoOther() throws Exception {
        try (var gateway = withTls()) {
            String told = "{\"https\":\"https://%s:" + gateway.securePort + "/\"}";
            assertThat(ask(gateway, "/where", "mtor.lan:" + gateway.port)).endsWith(told.formatted("mtor.lan"));
            assertThat(ask(gateway, "/where", "10.1.2.3")).endsWith(told.formatted("10.1.2.3"));
            assertThat(ask(gateway, "/where", "[fd00::1]:8080")).endsWith(told.formatted("[fd00::1]"));
            assertThat(ask(gateway, "/where", "a\"b<c>")).doesNotContain("https:");
            assertThat(ask(gateway, "/where", "mtor.lan")).contains("Cache-Control: no-store");
        }
    }

    @Test
    void shouldDrawTheSameAddress() throws Exception {
        try (var gateway = withTls()) {
            String drawn = ask(gateway, "/qr.svg", "mtor.lan");

            assertThat(drawn)
                    .contains("Content-Type: image/svg+xml")
                    .endsWith(QrSvg.of("https://mtor.lan:" + gateway.securePort + "/"));
        }
    }

    @Test
    void shouldTellTheAddressThatTheOperatorNames() throws Exception {
        try (var gateway = new RunningGateway("--gateway.tls.address=https://mtor.example.org")) {
            assertThat(gateway.get("/where").body()).isEqualTo("{\"https\":\"https://mtor.example.org/\"}");
            assertThat(gateway.get("/qr.svg").body()).isEqualTo(QrSvg.of("https://mtor.example.org/"));
        }
    }

    @Test
    void shouldTellNothingWithoutHttpsOrWhereItIsNotWanted() throws Exception {
        try (var gateway = new RunningGateway()) {
            assertThat(gateway.get("/where").body()).isEqualTo("{}");
            assertThat(gateway.get("/qr.svg").statusCode()).isEqualTo(404);
        }
        try (var gateway = withTls("--gateway.tls.tell=false")) {
            assertThat(gateway.get("/where").body()).isEqualTo("{}");
            assertThat(gateway.get("/qr.svg").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldSendThePageToHttpsWhenAskedTo() throws Exception {
        try (var gateway = withTls("--gateway.tls.redirect=true")) {
            assertThat(ask(gateway, "/", "mtor.lan"))
                    .startsWith("HTTP/1.1 307")
                    .contains("Location: https://mtor.lan:" + gateway.securePort + "/\r\n");
            assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
            var certificate = new PemFiles(
                            Pem.in(folder).certificate(), Pem.in(folder).key())
                    .read()
                    .certificate();
            assertThat(Trusting.of(certificate).get(gateway.securePort, "/").statusCode())
                    .isEqualTo(200);
        }
        try (var gateway = withTls()) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseSettingsThatContradictEachOther() {
        assertWrong("certificate and key need each other", "--gateway.tls.certificate=a.pem");
        assertWrong(
                "generated and certificate exclude each other",
                "--gateway.tls.certificate=a.pem",
                "--gateway.tls.key=b.pem",
                "--gateway.tls.generated=true");
        assertWrong("redirect needs a certificate", "--gateway.tls.redirect=true");
        assertWrong("address is written https://host", "--gateway.tls.address=http://mtor.example.org");
    }

    private static void assertWrong(String why, String... options) {
        assertThatThrownBy(() -> RunningGateway.config(options))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why);
    }
}
