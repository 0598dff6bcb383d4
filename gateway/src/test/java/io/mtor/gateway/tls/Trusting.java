// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;

/** A client that trusts one certificate and checks the names in it, as strict clients do. */
record Trusting(HttpClient client) {

    static Trusting of(X509Certificate certificate) {
        try {
            KeyStore store = Identity.emptyStore();
            store.setCertificateEntry("gateway", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new Trusting(HttpClient.newBuilder().sslContext(context).build());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(int port, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** True if the gateway shows another certificate than the trusted one. */
    boolean isRefused(int port) {
        try {
            get(port, "/livez");
            return false;
        } catch (SSLHandshakeException e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
