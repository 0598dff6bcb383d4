// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.worker.Trials.Tried;
import io.mtor.worker.control.ControlConfig;
import io.mtor.worker.control.ControlVerticle;
import io.mtor.worker.control.Controlled;
import io.mtor.worker.control.StatusJson;
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
    void shouldTellHowFastItWas() {
        JsonObject status = status(true, true, 0);
        Speed speed = new Speed(QueryType.CHAT, "a:1", 80, 900, 41.5);
        Speed spoken = new Speed(QueryType.SPEAK, null, 650, 650, null);
        List<Offer> offers = List.of(new Offer(QueryType.CHAT, List.of("a:1")), new Offer(QueryType.SPEAK, List.of()));
        status.put("workers", new JsonArray().add(StatusJson.worker("x", offers, 1, List.of(speed, spoken))));

        assertThat(StatusText.all(status, ""))
                .contains(
                        "measured x: chat a:1, first 80 ms, whole 900 ms, 41.5 tokens/s\n",
                        "measured x: speak, first 650 ms, whole 650 ms\n");
    }

    @Test
    void shouldKeepWhatWasAnswered() {
        Offer chat = new Offer(QueryType.CHAT, List.of("a:1", "b:1"));

        var measured = BenchCommand.measured(List.of(
                new Tried("ollama 127.0.0.1:1", chat, "a:1", 100, 1_100, 50, 0, 11, null),
                new Tried("ollama 127.0.0.1:1", chat, "b:1", 100, 1_100, 0, 0, null, "out of memory")));

        assertThat(measured.of("ollama 127.0.0.1:1"))
                .containsExactly(new Speed(QueryType.CHAT, "a:1", 100, 1_100, 10.0));
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
