// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** A model server by the replies it gives; anything else is not found. */
    private int listening(Map<String, String> replies) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            String reply = replies.get(request.path());
            request.response().setStatusCode(reply == null ? 404 : 200).end(reply == null ? "no" : reply);
        });
        return await(server.listen(0, "127.0.0.1")).actualPort();
    }

    private List<Explain.Line> lines(String... ports) {
        var config = ConfigLoader.load(
                        WorkerAgentConfig.class,
                        Aliases.none(),
                        List.of("--discovery.ports=" + String.join(",", ports), "--worker.programs=false"),
                        Map.of())
                .config();
        return await(new Explain(vertx, config, Map.of()).lines());
    }

    @Test
    void shouldSayWhatIsThereAndWhatProvedIt() {
        int ollama = listening(Map.of(
                "/",
                "Ollama is running",
                "/api/version",
                "{\"version\":\"0.12.3\"}",
                "/api/tags",
                "{\"models\":[{\"name\":\"llama3:latest\",\"details\":{\"family\":\"llama\"}}]}"));
        int stranger = listening(Map.of("/", "hello"));

        List<Explain.Line> lines = lines("" + ollama, "" + stranger, "1");

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).satisfies(line -> {
            assertThat(line.offered()).isTrue();
            assertThat(line.what()).isEqualTo("ollama 0.12.3");
            assertThat(line.why()).startsWith("chat llama3").contains("1 slot; known by");
        });
        assertThat(lines.get(1).why()).contains("no model server that is known");
        assertThat(lines.get(2)).isEqualTo(new Explain.Line(false, "nobody", "127.0.0.1:1", "nothing listens there"));
        assertThat(lines.get(3).what()).isEqualTo("demo");
    }

    @Test
    void shouldStandInColumns() {
        assertThat(Explain.table(List.of(
                        new Explain.Line(true, "ollama", "127.0.0.1:11434", "chat m, 1 slot"),
                        new Explain.Line(false, "nobody", "[::1]:8000", "nothing listens there"))))
                .isEqualTo(
                        "offered  ollama  127.0.0.1:11434  chat m, 1 slot%n-        nobody  [::1]:8000       nothing listens there%n"
                                .formatted());
    }
}
