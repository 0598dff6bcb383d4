// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.common.protocol.Offer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at a port: asks what {@link Paths} says and hands the replies to {@link Fingerprint}. */
public final class Prober {

    /** A longer reply is no list of models. */
    private static final int MAX_BODY_BYTES = 4 << 20;

    /** For a server that drips its replies. */
    private static final int PATIENCES = 3;

    private final HttpClient client;

    private final WyomingProber wyoming;

    /** Where it was such a service: asked so first, since it would complain of a request that is none of its own. */
    private final Set<Endpoint> wyomings = ConcurrentHashMap.newKeySet();

    private final long patienceMillis;

    private final boolean remoteModels;

    private final List<String> workflows;

    /**
     * Looks through these clients.
     *
     * @param wyoming asks where nobody speaks HTTP
     * @param workflows the models that the host's own workflows are, for ComfyUI
     */
    public Prober(
            HttpClient client,
            WyomingProber wyoming,
            long patienceMillis,
            boolean remoteModels,
            List<String> workflows) {
        this.client = client;
        this.wyoming = wyoming;
        this.patienceMillis = patienceMillis;
        this.remoteModels = remoteModels;
        this.workflows = List.copyOf(workflows);
    }

    /** What is at this address of a place; never fails, and never takes longer than a few times the patience. */
    public Future<Sight> look(Place place, Endpoint endpoint) {
        return place.predicts().isEmpty()
                ? look(endpoint)
                : inTime(() -> get(endpoint, Paths.ROOT).map(root -> predicting(place, root)));
    }

    /** Nothing proves what it is; that somebody answers is all that can be seen, and the host has said the rest. */
    private static Sight predicting(Place place, Reply root) {
        List<Offer> offers = place.predicts().stream()
                .map(type -> new Offer(type, List.of()))
                .toList();
        var serving = new Serving(offers, Kind.PREDICT.slots(), false);
        return root.status() == 0
                ? new Sight.Nobody()
                : new Sight.Server(Kind.PREDICT, "", "the configuration", serving, Names.SAME);
    }

    /** What listens there; never fails, and never takes longer than a few times the patience. */
    public Future<Sight> look(Endpoint endpoint) {
        return inTime(() -> ask(endpoint));
    }

    private Future<Sight> inTime(Supplier<Future<Sight>> look) {
        // Composed, so that an address that makes no sense, or a client that is closed, is a failed look, too.
        return Future.succeededFuture()
                .compose(now -> look.get())
                .timeout(PATIENCES * patienceMillis, TimeUnit.MILLISECONDS)
                .otherwise(new Sight.Stranger());
    }

    /** How busy it says it is; empty if it does not say, and never a failure. */
    public Future<Optional<Busy>> busy(Endpoint endpoint, Kind kind) {
        return Busy.path(kind)
                .map(path -> get(endpoint, path)
                        .timeout(PATIENCES * patienceMillis, TimeUnit.MILLISECONDS)
                        .otherwise(Reply.NONE)
                        .map(reply -> Busy.of(kind, reply)))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Sight> ask(Endpoint endpoint) {
        return wyomings.remove(endpoint)
                ? askWyoming(endpoint)
                        .compose(sight ->
                                sight instanceof Sight.Nobody ? askHttp(endpoint) : Future.succeededFuture(sight))
                : askHttp(endpoint);
    }

    private Future<Sight> askWyoming(Endpoint endpoint) {
        return wyoming.look(endpoint).onSuccess(sight -> {
            if (!(sight instanceof Sight.Nobody)) {
                wyomings.add(endpoint);
            }
        });
    }

    private Future<Sight> askHttp(Endpoint endpoint) {
        return get(endpoint, Paths.ROOT).compose(root -> {
            if (root.status() == 0) {
                return askWyoming(endpoint);
            }
            if (root.server().equals("mtor")) {
                return Future.succeededFuture(Fingerprint.of(Map.of(Paths.ROOT, root), remoteModels));
            }
            return getAll(endpoint).map(replies -> {
                replies.put(Paths.ROOT, root);
                return Fingerprint.of(replies, remoteModels, workflows);
            });
        });
    }

    private Future<Map<String, Reply>> getAll(Endpoint endpoint) {
        Map<String, Reply> replies = new LinkedHashMap<>();
        List<Future<Reply>> all = new ArrayList<>();
        for (String path : Paths.BEHIND_ROOT) {
            all.add(get(endpoint, path).onSuccess(reply -> replies.put(path, reply)));
        }
        return Future.all(all).map(replies);
    }

    private Future<Reply> get(Endpoint endpoint, String path) {
        return client.request(endpoint.request(HttpMethod.GET, path)
                        .setConnectTimeout(patienceMillis)
                        .setIdleTimeout(patienceMillis))
                .compose(request -> request.send().compose(Prober::body))
                .otherwise(Reply.NONE);
    }

    private static Future<Reply> body(HttpClientResponse response) {
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > MAX_BODY_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        return response.end()
                .map(end -> Reply.of(
                        response.statusCode(),
                        header(response, "Server"),
                        header(response, "Content-Type"),
                        body.toString()));
    }

    private static String header(HttpClientResponse response, String name) {
        String value = response.getHeader(name);
        return value == null ? "" : value;
    }
}
