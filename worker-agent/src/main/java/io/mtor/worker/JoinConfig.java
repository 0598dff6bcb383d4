// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.config.Key;
import io.mtor.common.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a host that is no member of the cluster joins a realm. */
public record JoinConfig(
        @Key(doc = "The gateway to join through, such as wss://realm.example; without it, the cluster is joined")
        @Nullable
        URI url,

        @Key(doc = "The join token that the operator of the realm has given you") @Nullable
        Secret token,

        @Key(
                doc =
                        "File with the certificate that the gateway shows (PEM), where no authority of this Java vouches for it")
        @Nullable
        String certificate,

        @Key(
                doc = "File that keeps the key of this host, made at the first start; without it, .mtor/host.key in the"
                        + " home directory")
        @Nullable
        Path key) {

    /** @throws IllegalArgumentException if the address is none of a gateway, or the token is missing */
    public JoinConfig {
        if (url != null) {
            String scheme = String.valueOf(url.getScheme());
            if (url.getHost() == null || !scheme.matches("wss?|https?")) {
                throw new IllegalArgumentException("url must look like wss://realm.example or ws://10.0.0.1:8080");
            }
            if (token == null) {
                throw new IllegalArgumentException(
                        "token is missing: the operator of the realm makes one with  mtor token create");
            }
        }
    }

    boolean isSecure() {
        return url != null && (url.getScheme().equals("wss") || url.getScheme().equals("https"));
    }

    /** The port of the address, or the usual one. */
    int port() {
        int given = url == null ? -1 : url.getPort();
        return given >= 0 ? given : isSecure() ? 443 : 80;
    }
}
