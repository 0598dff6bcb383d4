// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.control.ControlConfig;
import io.mtor.worker.control.ControlVerticle;
import io.mtor.worker.control.Controlled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk with an agent, one that only writes down what it is told. */
class CommandsTest {

    private final Vertx vertx = Vertx.vertx();

    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private final Controlled agent = new Controlled() {

        @Override
        public JsonObject status() {
            return CommandsTest.status(true, true, 0);
        }

        @Override
        public Future<?> pause(@Nullable Duration time) {
            told.add("pause " + time);
            return Future.succeededFuture();
        }

        @Override
        public Future<?> resume() {
            told.add("resume");
            return Future.succeededFuture();
        }

        @Override
        public Future<?> leave() {
            told.add("leave");
            return Future.succeededFuture();
        }
    };

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static JsonObject status(boolean joined, boolean open, int done) {
        var reason = new JsonObject()
                .put("cause", "battery")
                .put("text", "on battery")
                .put("until", (String) null);
        var type = new JsonObject()
                .put("query_type", "chat")
                .put("running", 0)
                .put("done", done)
                .put("stopped", 0)
                .put("failed", 0);
        return new JsonObject()
                .put("host", "attic")
                .put(
                        "realm",
                        new JsonObject().put("where", "wss://realm.example").put("joined", joined))
                .put(
                        "availability",
                        new JsonObject()
                                .put("open", open)
                                .put("reasons", open ? new JsonArray() : new JsonArray().add(reason)))
                .put(
                        "workers",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "demo")
                                        .put("slots", 4)
                                        .put("serves", new JsonArray())))
                .put(
                        "today",
                        new JsonObject()
                                .put("types", new JsonArray().add(type))
                                .put("failures", new JsonArray())
                                .put("watt_hours", (Double) null));
    }

    private int run(String... args) {
        List<String> words = new ArrayList<>(List.of(args).subList(1, args.length));
        words.addAll(List.of("--control.file", file().toString()));
        return AgentCommand.named(args[0]).orElseThrow().run(words);
    }

    private Path file() {
        return folder.resolve("agent.json");
    }

    @Test
    void shouldTellTheAgentThatRuns() {
        vertx.deployVerticle(new ControlVerticle(new ControlConfig(true, 0, file()), agent))
                .await();

        assertThat(run("status")).isZero();
        assertThat(run("status", "--json")).isZero();
        assertThat(run("pause", "2h")).isZero();
        assertThat(run("pause")).isZero();
        assertThat(run("resume")).isZero();
        assertThat(run("drain")).isZero();

        assertThat(told).containsExactly("pause PT2H", "pause null", "resume", "leave");
    }

    @Test
    void shouldSayThatNobodyIsThere() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("pause", "2h")).isEqualTo(1);
    }

    @Test
    void shouldSayWhatWasAskedWrongly() {
        assertThat(run("pause", "soon")).isEqualTo(2);
        assertThat(run("pause", "10ms")).isEqualTo(2);
        assertThat(run("install-service", "--join", "wss://realm.example", "--token", "secret"))
                .isEqualTo(2);
    }

    @Test
    void shouldStartAnAgentWithoutACommand() {
        assertThat(AgentCommand.named()).isEmpty();
        assertThat(AgentCommand.named("--join", "wss://realm.example")).isEmpty();
    }

    @Test
    void shouldSayWhyThereIsWorkOrNone() {
        assertThat(StatusText.why(status(false, true, 0))).contains("its realm is not reached: wss://realm.example");
        assertThat(StatusText.why(status(true, false, 0))).contains("it is paused:\npaused   on battery\n");
        assertThat(StatusText.why(status(true, true, 0))).contains("nobody has asked for what it offers");
        assertThat(StatusText.why(status(true, true, 7))).isEqualTo("running  7 intents today\n");
    }

    @Test
    void shouldTellAllOfIt() {
        assertThat(StatusText.all(status(true, false, 7), "http://127.0.0.1:1/#w"))
                .isEqualTo("""
                        host     attic
                        realm    wss://realm.example
                        paused   on battery
                        chat     0 now, today 7 done, 0 stopped, 0 failed
                        offers   demo: nothing
                        yours    http://127.0.0.1:1/#w
                        """);
    }
}
