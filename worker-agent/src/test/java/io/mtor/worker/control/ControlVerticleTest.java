// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlVerticleTest {

    private final Vertx vertx = Vertx.vertx();

    private final HttpClient client = vertx.createHttpClient();

    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private Reach reach = new Reach("", "");

    private String deployment = "";

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final Controlled agent = new Controlled() {

        @Override
        public JsonObject status() {
            return new JsonObject().put("host", "attic");
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

    @BeforeEach
    void open() {
        var control = new ControlVerticle(new ControlConfig(true, 0, file()), agent);
        deployment = vertx.deployVerticle(control).await();
        reach = Objects.requireNonNull(control.reach());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Path file() {
        return folder.resolve("kept/agent.json");
    }

    private int port() {
        return Integer.parseInt(reach.url().substring(reach.url().lastIndexOf(':') + 1));
    }

    private Answer ask(HttpMethod method, String path, String body, Map<String, String> headers) {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(port())
                .setURI(path);
        headers.forEach(options::putHeader);
        return client.request(options)
                .compose(request -> {
                    if (headers.containsKey("Host")) {
                        request.authority(HostAndPort.parseAuthority(headers.get("Host"), 80));
                    }
                    return request.send(body);
                })
                .compose(response -> response.body()
                        .map(bytes -> new Answer(
                                response.statusCode(),
                                bytes.toString(),
                                Map.of(
                                        "csp",
                                        String.valueOf(response.getHeader("Content-Security-Policy")),
                                        "cors",
                                        String.valueOf(response.getHeader("Access-Control-Allow-Origin"))))))
                .await();
    }

    private Answer get(String path) {
        return ask(HttpMethod.GET, path, "", Map.of());
    }

    private Answer post(String path, String body) {
        return ask(HttpMethod.POST, path, body, Map.of("Authorization", "Bearer " + reach.token()));
    }

    @Test
    void shouldShowThePageAndTheStatusToThisMachine() {
        assertThat(get("/").body()).contains("<title>This host");
        assertThat(get("/owner.css").status()).isEqualTo(200);
        assertThat(get("/owner.js").status()).isEqualTo(200);
        assertThat(new JsonObject(get("/status").body()).getString("host")).isEqualTo("attic");
        assertThat(get("/etc/passwd").status()).isEqualTo(404);
        assertThat(get("/").headers().get("csp")).contains("default-src 'none'").doesNotContain("unsafe");
        assertThat(get("/status").headers()).containsEntry("cors", "null");
    }

    @Test
    void shouldObeyWhoKnowsTheWord() {
        assertThat(post("/pause", "{\"seconds\":7200}").status()).isEqualTo(200);
        assertThat(post("/pause", "").status()).isEqualTo(200);
        assertThat(post("/resume", "").status()).isEqualTo(200);
        assertThat(post("/drain", "").status()).isEqualTo(200);

        assertThat(told).containsExactly("pause PT2H", "pause null", "resume", "leave");
    }

    @Test
    void shouldObeyNobodyElse() {
        assertThat(ask(HttpMethod.POST, "/pause", "", Map.of()).status()).isEqualTo(403);
        assertThat(ask(HttpMethod.POST, "/pause", "", Map.of("Authorization", "Bearer guessed"))
                        .status())
                .isEqualTo(403);
        assertThat(ask(HttpMethod.PUT, "/pause", "", Map.of("Authorization", "Bearer " + reach.token()))
                        .status())
                .isEqualTo(405);

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellNothingToPagesOfOthers() {
        assertThat(ask(HttpMethod.GET, "/status", "", Map.of("Origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(ask(HttpMethod.GET, "/status", "", Map.of("Host", "evil.example:" + port()))
                        .status())
                .isEqualTo(403);
        assertThat(ask(HttpMethod.GET, "/status", "", Map.of("Origin", reach.url()))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"seconds\":0}", "{\"seconds\":\"soon\"}", "{\"seconds\":99999999999}", "[", "2h"})
    void shouldNameWhatItDoesNotUnderstand(String body) {
        Answer answer = post("/pause", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).contains("seconds");
        assertThat(told).isEmpty();
    }

    @Test
    void shouldNotReadWithoutEnd() {
        assertThat(post("/pause", " ".repeat(5_000)).status()).isEqualTo(413);
    }

    @Test
    void shouldKeepTheWordForItsOwnerAndTakeItAlong() throws IOException {
        assertThat(Reach.read(file())).contains(reach);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(reach.toString()).doesNotContain(reach.token());

        vertx.undeploy(deployment).await();

        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldLeaveTheWordOfAnotherAgentWhereItIs() throws IOException {
        var other = new ControlVerticle(new ControlConfig(true, port(), file()), agent);
        vertx.deployVerticle(other).await();
        Reach theirs = Objects.requireNonNull(other.reach());
        assertThat(theirs.url()).isNotEqualTo(reach.url());

        vertx.undeploy(deployment).await();

        assertThat(Reach.read(file())).contains(theirs);
    }

    @Test
    void shouldWorkWithoutAPageWhereNothingCanBeKept() throws IOException {
        Files.writeString(folder.resolve("a-file"), "");
        var control = new ControlVerticle(new ControlConfig(true, 0, folder.resolve("a-file/agent.json")), agent);

        vertx.deployVerticle(control).await();

        assertThat(control.reach()).isNull();
    }
}
