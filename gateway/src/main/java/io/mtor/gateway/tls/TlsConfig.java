// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Key;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** HTTPS, on a port of its own; off unless there is a certificate. */
public record TlsConfig(
        @Key(doc = "The gateway's certificate and those that lead to its authority, PEM; looked at again while it runs")
        @Nullable
        Path certificate,

        @Key(doc = "Its private key, PEM") @Nullable Path key,

        @Key(
                doc = "Serve HTTPS with a certificate that the gateway makes and signs itself, of which browsers warn",
                byDefault = "false")
        boolean generated,

        @Key(
                doc = "Where it keeps the generated certificate and its key, for its owner to read only;"
                        + " .mtor/gateway.p12 in the home directory unless another file is named")
        @Nullable
        Path generatedFile,

        @Key(doc = "Port for HTTPS; 0 takes a free one", byDefault = "8443", atLeast = "0", atMost = "65535")
        int port,

        @Key(doc = "Send those who open the page at the plain port to HTTPS", byDefault = "false")
        boolean redirect,

        @Key(
                doc = "Tell the page the HTTPS address, so that it can offer it where the microphone needs it",
                byDefault = "true")
        boolean tell,

        @Key(
                doc = "The HTTPS address to tell, such as https://mtor.example.org; without it, the host that was"
                        + " asked, at the port for HTTPS")
        @Nullable
        String address,

        @Key(doc = "How often the certificate is looked at", byDefault = "30s", atLeast = "50ms", atMost = "1d")
        Duration look) {

    public TlsConfig {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key need each other");
        }
        if (generated && certificate != null) {
            throw new IllegalArgumentException("generated and certificate exclude each other");
        }
        if (redirect && !generated && certificate == null) {
            throw new IllegalArgumentException("redirect needs a certificate, or generated");
        }
        if (address != null && !address.matches("https://[^/?#\\s]+/?")) {
            throw new IllegalArgumentException("address is written https://host or https://host:port, not " + address);
        }
    }

    /** True if the gateway serves HTTPS itself. */
    public boolean isOn() {
        return generated || certificate != null;
    }

    /** Where its certificate comes from; null where it has none. */
    @Nullable
    CertificateSource source() {
        if (certificate != null && key != null) {
            return new PemFiles(certificate, key);
        }
        return generated
                ? new GeneratedFile(generatedFile == null ? KeptFile.usual("gateway.p12") : generatedFile)
                : null;
    }
}
