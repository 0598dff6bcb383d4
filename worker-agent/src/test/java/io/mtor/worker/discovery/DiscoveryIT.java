// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.worker.discovery.Sightings.News;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.ServerStub;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryIT {

    private static final long PATIENCE_MILLIS = 5_000;

    private final Vertx vertx = Vertx.vertx();

    private final Prober prober = new Prober(
            vertx.createHttpClient(),
            new WyomingProber(vertx.createNetClient(), PATIENCE_MILLIS),
            PATIENCE_MILLIS,
            false,
            List.of());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** An Ollama that answers nobody before it is asked for the second time. */
    private int lateRiser() {
        var asked = new AtomicInteger();
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/")) {
                        asked.incrementAndGet();
                    }
                    var response = request.response().putHeader("Content-Type", "application/json");
                    switch (asked.get() < 2 ? "" : request.path()) {
                        case "/" -> response.end("Ollama is running");
                        case "/api/version" -> response.end("{\"version\":\"0.19.0\"}");
                        case "/api/tags" ->
                            response.end("{\"models\":[{\"name\":\"a:1\",\"capabilities\":[\"completion\"]}]}");
                        default -> response.setStatusCode(500).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    /** What is not hungry, having found somebody, would look again in an hour. */
    @Test
    void shouldLookASecondTimeSoon() {
        Place early = Place.local(ServerStub.of("vllm-0.11").listen(vertx));
        Place late = Place.local(lateRiser());
        var pace = new Discovery.Pace(Duration.ofHours(1), Duration.ofMillis(50), new SecureRandom());
        var discovery = new Discovery(vertx, prober, List.of(early, late), pace, 3);
        List<Place> came = new CopyOnWriteArrayList<>();

        discovery.start((place, endpoint, news) -> {
            if (news instanceof News.Came) {
                came.add(place);
            }
        });

        Await.until("both", () -> came.containsAll(List.of(early, late)));
    }
}
