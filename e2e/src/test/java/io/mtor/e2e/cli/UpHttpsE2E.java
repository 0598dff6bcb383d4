// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.TestRealm;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtor up} with HTTPS: what it prints is what a client meets. */
class UpHttpsE2E {

    private static final Pattern ADDRESS = Pattern.compile("over HTTPS: (https://localhost:\\d+)\n");
    private static final Pattern FINGERPRINT = Pattern.compile("fingerprint: SHA-256 ([0-9A-F:]{95})\n");

    @TempDir
    private Path folder;

    @Test
    void upSaysWhereHttpsIsAndWhatItsCertificateLooksLike() throws Exception {
        String file = folder.resolve("gateway.p12").toString();
        try (var up = Program.mtor(
                "up",
                "--port",
                "0",
                "--agent.discovery.on",
                "false",
                "--gateway.tls.generated",
                "true",
                "--gateway.tls.port",
                "0",
                "--gateway.tls.generated-file",
                file)) {
            up.awaitOut("fingerprint: ").awaitOut("\n");
            Matcher address = ADDRESS.matcher(up.out());
            assertThat(address.find()).as(up.out()).isTrue();

            var connection = (HttpsURLConnection)
                    URI.create(address.group(1) + "/readyz").toURL().openConnection();
            connection.setSSLSocketFactory(trustingAll().getSocketFactory());

            assertThat(connection.getResponseCode()).isEqualTo(200);
            byte[] shown = connection.getServerCertificates()[0].getEncoded();
            Matcher printed = FINGERPRINT.matcher(up.out());
            assertThat(printed.find()).as(up.out()).isTrue();
            assertThat(printed.group(1))
                    .isEqualTo(HexFormat.ofDelimiter(":")
                            .withUpperCase()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(shown)));
        }
    }

    @Test
    void aBrokenCertificateIsOneSentence() {
        Path nothing = TestRealm.write("nothing");
        try (var up = Program.mtor(
                "up",
                "--port",
                "0",
                "--agent.discovery.on",
                "false",
                "--gateway.tls.port",
                "0",
                "--gateway.tls.certificate",
                nothing.toString(),
                "--gateway.tls.key",
                nothing.toString())) {
            Program.Outcome end = up.end();

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.out()).isEmpty();
            assertThat(end.err()).contains("mtor up cannot start: there is no certificate in " + nothing);
        }
    }

    /** The test compares the fingerprint itself, as a person does. */
    private static SSLContext trustingAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, null);
        return context;
    }

    private static final class TrustingAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
