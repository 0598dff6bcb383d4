// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.Await;
import io.mtor.worker.control.ControlConfig;
import io.mtor.worker.control.ControlVerticle;
import io.mtor.worker.control.Controlled;
import io.mtor.worker.control.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page of a host's owner, of an agent that tells what it is told to. */
class OwnerPageE2E {

    private static final String QUIET = """
            {"host":"attic","realm":{"where":"wss://realm.example","joined":true},
             "availability":{"open":true,"reasons":[]},"workers":[],
             "today":{"day":"2026-11-27","types":[],"failures":[],"watt_hours":null},
             "machine":{"gpus":[],"on_battery":false,"idle_seconds":null}}
            """;

    private static final String FULL = """
            {"host":"attic-with-a-name-that-is-longer-than-a-phone-is-wide-and-has-no-space-in-it",
             "realm":{"where":"wss://a-realm-with-a-long-name.of-a-long-domain.example:8443","joined":false},
             "availability":{"open":false,"reasons":[
               {"cause":"owner","text":"you said so","until":"2026-11-28T09:30:00Z"},
               {"cause":"battery","text":"the machine runs on its battery","until":null}]},
             "workers":[
               {"name":"ollama","slots":1,"serves":[
                 {"query_type":"chat","models":["hf.co/an-owner/a-model-with-a-very-long-name-GGUF:Q4_K_M","qwen3:8b"]},
                 {"query_type":"embed","models":["nomic"]}],
                "speeds":[{"query_type":"chat","model":"qwen3:8b","first_ms":80,"whole_ms":900,"tokens_per_second":41.5}]},
               {"name":"espeak-ng","slots":2,"serves":[{"query_type":"speak","models":[]}],
                "speeds":[{"query_type":"speak","model":null,"first_ms":650,"whole_ms":650,"tokens_per_second":null}]}],
             "today":{"day":"2026-11-27","watt_hours":123.4,
               "types":[{"query_type":"transcribe","running":1,"done":12345,"stopped":678,"failed":90},
                        {"query_type":"a-query-type-of-somebody","running":0,"done":1,"stopped":0,"failed":2}],
               "failures":[{"worker":"ollama","query_type":"chat","cause":"FAILED","count":2,"last":"2026-11-27T12:00:00Z"}]},
             "machine":{"on_battery":true,"idle_seconds":7,"gpus":[
               {"id":"0","name":"NVIDIA GeForce RTX 4090","memory_total":25757220864,"memory_used":1073741824,
                "memory_others":0,"use_percent":3,"celsius":45,"watts":31.5},
               {"id":"card1","name":null,"memory_total":null,"memory_used":null,"memory_others":null,
                "use_percent":null,"celsius":null,"watts":null}]}}
            """;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path folder = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    private String deployment = "";

    private record Told(JsonObject status) implements Controlled {

        @Override
        public Future<?> pause(@Nullable Duration time) {
            return Future.failedFuture("the agent cannot pause now");
        }

        @Override
        public Future<?> resume() {
            return Future.succeededFuture();
        }

        @Override
        public Future<?> leave() {
            return Future.succeededFuture();
        }
    }

    private Reach pageOf(String status) {
        var control = new ControlVerticle(
                new ControlConfig(true, 0, folder.resolve("agent.json")), new Told(new JsonObject(status)));
        deployment = Await.result(vertx.deployVerticle(control));
        return Objects.requireNonNull(control.reach());
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void anAgentWithNothingToTellSuitsEverybody() {
        try (var shell = chromium.open(URI.create(pageOf(QUIET).url()))) {
            assertThat(shell.page().locator("#state")).hasText("Takes work");
            assertThat(shell.page().locator("#readonly")).isVisible();

            Accessibility.suitsBothThemes(shell, "owner, quiet");
        }
    }

    @Test
    void anAgentWithMuchToTellSuitsEverybody() {
        try (var shell = chromium.open(URI.create(pageOf(FULL).page()))) {
            assertThat(shell.page().locator("#state")).hasText("Takes no work");
            assertThat(shell.page().locator("#offers"))
                    .containsText(
                            "ollama measured: chat qwen3:8b, first after 80 ms, whole after 900 ms, 41.5 tokens/s");
            assertThat(shell.page().locator("#buttons")).isVisible();

            shell.page().locator("#buttons button").first().click();
            assertThat(shell.page().locator("#trouble")).hasText("the agent cannot pause now");
            Accessibility.suitsBothThemes(shell, "owner, a refusal");
        }
    }

    @Test
    void anAgentThatIsGoneSuitsEverybody() {
        try (var shell = chromium.open(URI.create(pageOf(FULL).page()))) {
            assertThat(shell.page().locator("#state")).hasText("Takes no work");

            Await.result(vertx.undeploy(deployment));

            assertThat(shell.page().locator("#trouble")).containsText("The agent does not answer");
            Accessibility.suitsBothThemes(shell, "owner, gone");
        }
    }

    @Test
    void theKeyboardIsEnough() {
        try (var shell = chromium.open(URI.create(pageOf(FULL).page()))) {
            assertThat(shell.page().locator("#buttons")).isVisible();

            shell.page().keyboard().press("Tab");

            assertThat(shell.page().locator("#buttons button").first()).isFocused();
            shell.page().keyboard().press("Enter");
            assertThat(shell.page().locator("#trouble")).hasText("the agent cannot pause now");
            assertThat(shell.sidewaysScroll()).isLessThanOrEqualTo(0);
        }
    }
}
