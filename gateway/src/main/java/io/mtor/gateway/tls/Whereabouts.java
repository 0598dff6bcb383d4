// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where this gateway is to be had over HTTPS, in JSON and as a QR code for a phone. It tells the host that it was asked
 * under, which the asker knows, and no other address of this machine; and nothing where the operator does not want it.
 */
public final class Whereabouts {

    /** What stands in a header may be anything. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

    private static final int USUAL_PORT = 443;

    private final TlsConfig config;
    private final @Nullable SecurePort secure;

    public Whereabouts(TlsConfig config, @Nullable SecurePort secure) {
        this.config = config;
        this.secure = secure;
    }

    public void addTo(Router router) {
        router.get("/where").handler(this::tell);
        router.get("/qr.svg").handler(this::draw);
        if (config.redirect()) {
            router.get("/").handler(this::redirect);
            router.get("/index.html").handler(this::redirect);
        }
    }

    private void tell(RoutingContext request) {
        var told = new JsonObject();
        String address = told(request);
        if (address != null) {
            told.put("https", address);
        }
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(told.encode());
    }

    private void draw(RoutingContext request) {
        String address = told(request);
        if (address == null) {
            request.response().setStatusCode(404).end("there is no HTTPS address to show\n");
            return;
        }
        request.response()
                .putHeader("Content-Type", "image/svg+xml")
                .putHeader("Cache-Control", "no-store")
                .end(QrSvg.of(address));
    }

    private void redirect(RoutingContext request) {
        String address = request.request().isSSL() ? null : address(request);
        if (address == null) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(307)
                .putHeader("Location", address)
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    private @Nullable String told(RoutingContext request) {
        return config.tell() ? address(request) : null;
    }

    private @Nullable String address(RoutingContext request) {
        if (config.address() != null) {
            return config.address().endsWith("/") ? config.address() : config.address() + "/";
        }
        HostAndPort asked = request.request().authority();
        if (secure == null || asked == null) {
            return null;
        }
        String host =
                asked.host().contains(":") && !asked.host().startsWith("[") ? "[" + asked.host() + "]" : asked.host();
        if (!HOST.matcher(host).matches()) {
            return null;
        }
        return "https://" + host + (secure.port() == USUAL_PORT ? "" : ":" + secure.port()) + "/";
    }
}
