// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.mtor.common.cluster.StartException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for HTTPS: the same as the plain one, behind a certificate that is looked at again and again. One that is
 * broken is said, and the one before stays. Lives on one event loop.
 */
public final class SecurePort {

    private static final Logger LOGGER = LoggerFactory.getLogger(SecurePort.class);

    private final Vertx vertx;
    private final TlsConfig config;
    private final CertificateSource source;
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> handler;
    private @Nullable HttpServer server;
    private volatile @Nullable Identity identity;
    private String complaint = "";
    private boolean closed;

    private SecurePort(
            Vertx vertx,
            TlsConfig config,
            CertificateSource source,
            HttpServerOptions options,
            Handler<HttpServerRequest> handler) {
        this.vertx = vertx;
        this.config = config;
        this.source = source;
        this.options = options;
        this.handler = handler;
    }

    /**
     * One for this gateway, or null where it serves plain HTTP only.
     *
     * @param plain how the plain port is served
     */
    public static @Nullable SecurePort of(
            Vertx vertx, TlsConfig config, HttpServerOptions plain, Handler<HttpServerRequest> handler) {
        CertificateSource source = config.source();
        return source == null ? null : new SecurePort(vertx, config, source, new HttpServerOptions(plain), handler);
    }

    /** Reads the certificate and listens. */
    public Future<?> listen() {
        return vertx.executeBlocking(source::read).compose(read -> {
            HttpServer listening = server(read);
            server = listening;
            identity = read;
            return StartException.naming(options.getHost(), config.port(), listening.listen())
                    .onSuccess(ready -> {
                        say("https", read);
                        lookLater();
                    });
        });
    }

    /** HTTP/1.1, as on the plain port: WebSockets need it. */
    private HttpServer server(Identity read) {
        return vertx.createHttpServer(options.setPort(config.port())
                        .setSsl(true)
                        .setUseAlpn(false)
                        .setKeyCertOptions(read.options()))
                .requestHandler(handler)
                // Whoever speaks plain HTTP here, or does not like the certificate, is no event for a log.
                .exceptionHandler(refused -> LOGGER.atDebug().setCause(refused).log("no handshake"));
    }

    private void lookLater() {
        if (!closed) {
            vertx.setTimer(config.look().toMillis(), timer -> look().onComplete(looked -> lookLater()));
        }
    }

    private Future<?> look() {
        if (closed) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(source::read)
                .compose(read -> {
                    complaint = "";
                    return read.equals(identity) ? Future.succeededFuture() : change(read);
                })
                .onFailure(this::complain);
    }

    private Future<?> change(Identity read) {
        var fresh = new ServerSSLOptions().setKeyCertOptions(read.options()).setUseAlpn(false);
        return Objects.requireNonNull(server).updateSSLOptions(fresh, true).onSuccess(changed -> {
            identity = read;
            say("https with another certificate", read);
        });
    }

    /** Each trouble once, however often it is met. */
    private void complain(Throwable trouble) {
        String said = String.valueOf(trouble.getMessage());
        if (!said.equals(complaint)) {
            complaint = said;
            LOGGER.atError().addKeyValue("why", said).log("the certificate stays as it was");
        }
    }

    private void say(String what, Identity read) {
        LOGGER.atInfo()
                .addKeyValue("port", port())
                .addKeyValue("until", read.end())
                .addKeyValue("sha256", read.fingerprint())
                .log(what);
    }

    /** Where it listens, once it does. */
    public int port() {
        return Objects.requireNonNull(server).actualPort();
    }

    /** SHA-256 of its certificate, as browsers show it. */
    public String fingerprint() {
        return Objects.requireNonNull(identity).fingerprint();
    }

    public Future<?> close() {
        closed = true;
        return server == null ? Future.succeededFuture() : server.close();
    }
}
