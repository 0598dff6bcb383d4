// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Place;
import io.mtor.worker.discovery.Prober;
import io.mtor.worker.discovery.Sight;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.demo.DemoServer;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives what this host would offer a real intent each, without a realm. */
public final class Trials {

    /**
     * What became of one intent.
     *
     * @param server the name of the model server or program
     * @param model null where there is none
     * @param firstMillis until the first piece; that of the whole if there was none
     * @param millis until the end
     * @param chars of text
     * @param bytes of media
     * @param tokens as the model server counted them; null if it did not
     * @param problem why there is no answer; null if there is one
     */
    public record Tried(
            String server,
            Offer offer,
            @Nullable String model,
            long firstMillis,
            long millis,
            int chars,
            long bytes,
            @Nullable Integer tokens,
            @Nullable String problem) {}

    private final Vertx vertx;

    private final WorkerAgentConfig config;

    private final Map<String, String> environment;

    private final long patienceMillis;

    /** @param patience what one intent may take */
    public Trials(Vertx vertx, WorkerAgentConfig config, Map<String, String> environment, Duration patience) {
        this.vertx = vertx;
        this.config = config;
        this.environment = environment;
        this.patienceMillis = patience.toMillis();
    }

    /**
     * Tries one after the other, so that none disturbs another.
     *
     * @param intents what to give for an offer; null leaves it out
     * @param eachModel whether every model of an offer is tried, or only its first
     */
    public Future<List<Tried>> run(Function<Offer, @Nullable Intent> intents, boolean eachModel) {
        List<Tried> done = new ArrayList<>();
        return found().compose(servers -> {
            Future<Void> all = Future.succeededFuture();
            for (Found found : servers) {
                for (Offer offer : found.serving().offers()) {
                    Intent intent = intents.apply(offer);
                    for (String model : models(offer, eachModel)) {
                        if (intent != null) {
                            all = all.compose(before -> tryOut(found, offer, model, intent))
                                    .map(done::add)
                                    .mapEmpty();
                        }
                    }
                }
            }
            return all.map(done);
        });
    }

    /** The empty name stands for none. */
    private static List<String> models(Offer offer, boolean each) {
        if (offer.models().isEmpty()) {
            return List.of("");
        }
        return each ? offer.models() : offer.models().subList(0, 1);
    }

    private Future<List<Found>> found() {
        WorkerAgentConfig.Discovery how = config.discovery();
        var servers = ModelServers.of(vertx, vertx.createHttpClient(), config);
        Prober prober = servers.prober(how);
        List<Future<List<Found>>> looks = Places.of(config, environment).stream()
                .map(place -> look(servers, prober, place, 0))
                .toList();
        return Future.all(looks).map(all -> {
            List<Found> found = new ArrayList<>();
            looks.forEach(look -> found.addAll(look.result()));
            found.addAll(Commands.installed(vertx, config, environment.getOrDefault("PATH", "")));
            if (config.worker().demo()) {
                found.add(new Found("demo", new DemoServer(vertx), DemoServer.serving()));
            }
            return found;
        });
    }

    private Future<List<Found>> look(ModelServers servers, Prober prober, Place place, int next) {
        var endpoint = place.addresses().get(next);
        return prober.look(place, endpoint).compose(sight -> {
            if (sight instanceof Sight.Nobody && next + 1 < place.addresses().size()) {
                return look(servers, prober, place, next + 1);
            }
            if (!(sight instanceof Sight.Server server)) {
                return Future.succeededFuture(List.of());
            }
            ModelServer asked = servers.of(server.kind(), endpoint, server::names);
            return Future.succeededFuture(List.of(new Found(nameOf(server.kind(), endpoint), asked, server.serving())));
        });
    }

    /** Under which name a model server is tried. */
    static String nameOf(Kind kind, Endpoint endpoint) {
        return kind.id() + " " + endpoint;
    }

    private Future<Tried> tryOut(Found found, Offer offer, String named, Intent intent) {
        String model = named.isEmpty() ? null : named;
        var trial = new Trial(found.name(), offer, model);
        vertx.getOrCreateContext().runOnContext(go -> {
            Run run = found.server().run(new Assigned(intent, model, 0, 0), trial);
            vertx.setTimer(patienceMillis, late -> {
                if (trial.over(patienceMillis / 1_000 + " s were not enough")) {
                    run.cancel();
                }
            });
        });
        return trial.done.future();
    }

    /** Takes the answer to one intent. */
    private static final class Trial implements ChunkSink {

        private final Promise<Tried> done = Promise.promise();

        private final String server;

        private final Offer offer;

        private final @Nullable String model;

        private final long begun = System.nanoTime();

        /** Negative before the first piece. */
        private long first = -1;

        private int chars;

        private long bytes;

        private @Nullable Integer tokens;

        Trial(String server, Offer offer, @Nullable String model) {
            this.server = server;
            this.offer = offer;
            this.model = model;
        }

        private long millis() {
            return (System.nanoTime() - begun) / 1_000_000;
        }

        private void piece() {
            first = first < 0 ? millis() : first;
        }

        boolean over(@Nullable String problem) {
            long millis = millis();
            return done.tryComplete(
                    new Tried(server, offer, model, first < 0 ? millis : first, millis, chars, bytes, tokens, problem));
        }

        @Override
        public void text(String text) {
            piece();
            chars += text.length();
        }

        @Override
        public void medium(Media medium) {
            piece();
            bytes += medium.data() == null ? 0 : medium.data().length();
        }

        @Override
        public void progress(int step, int of, @Nullable Media preview) {
            piece();
        }

        @Override
        public void alive() {}

        @Override
        public void completed(@Nullable String answering, @Nullable Usage usage) {
            tokens = usage == null ? null : usage.completionTokens();
            over(null);
        }

        @Override
        public void failed(Cause cause, String message) {
            over(cause + ": " + message);
        }
    }
}
