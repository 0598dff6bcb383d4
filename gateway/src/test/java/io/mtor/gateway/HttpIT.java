// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The OpenAI-shaped face, health and headers, byte for byte where clients depend on it. */
@Timeout(60)
class HttpIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway(
                "--gateway.limits.media=64KiB", "--gateway.limits.message=64KiB", "--gateway.sockets.idle=2s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String body(String text, String more) {
        return "{\"model\":\"fake-model\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
                + "{\"role\":\"user\",\"content\":\"" + text + "\"}]" + more + "}";
    }

    @Test
    void shouldAnswerInOnePiece() throws IOException {
        HttpResponse<String> response = gateway.chat(body("say Hello there", ",\"user\":\"http-ada\""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonNode json = JSON.readTree(response.body());
        assertThat(json.get("object").asText()).isEqualTo("chat.completion");
        assertThat(json.get("id").asText()).startsWith("chatcmpl-");
        assertThat(json.get("model").asText()).isEqualTo("fake-model");
        JsonNode choice = json.get("choices").get(0);
        assertThat(choice.get("index").asInt()).isZero();
        assertThat(choice.get("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.get("message").get("role").asText()).isEqualTo("assistant");
        assertThat(choice.get("message").get("content").asText()).isEqualTo("Hello there");
        assertThat(json.get("usage").get("total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void shouldStreamInTheShapeThatClientsKnow() throws IOException {
        List<String> events = events(gateway.chat(body("say Hello there", ",\"stream\":true")));

        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(delta(events.get(0)).toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(delta(events.get(1)).get("content").asText()).isEqualTo("Hello ");
        assertThat(delta(events.get(2)).get("content").asText()).isEqualTo("there");
        JsonNode end = JSON.readTree(events.get(3));
        assertThat(end.get("choices").get(0).get("finish_reason").asText()).isEqualTo("stop");
        assertThat(end.get("choices").get(0).get("delta")).isEmpty();
        assertThat(events.stream().filter(event -> event.contains("\"usage\""))).isEmpty();
        for (String event : events.subList(0, 4)) {
            JsonNode chunk = JSON.readTree(event);
            assertThat(chunk.get("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.get("id")).isEqualTo(end.get("id"));
            assertThat(chunk.get("model").asText()).isEqualTo("fake-model");
            assertThat(chunk.get("choices").get(0).get("index").asInt()).isZero();
        }
    }

    @Test
    void shouldSendTheUsageOnlyWhenAskedFor() throws IOException {
        List<String> events =
                events(gateway.chat(body("say Hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));

        JsonNode usage = JSON.readTree(events.get(events.size() - 2));
        assertThat(usage.get("choices")).isEmpty();
        assertThat(usage.get("usage").get("prompt_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void shouldStreamATextThatCameWithoutPieces() throws IOException {
        List<String> events = events(gateway.chat(body("whole Hello", ",\"stream\":true")));

        assertThat(delta(events.get(1)).get("content").asText()).isEqualTo("Hello");
    }

    private static JsonNode delta(String event) throws IOException {
        return JSON.readTree(event).get("choices").get(0).get("delta");
    }

    private static List<String> events(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        return Stream.of(response.body().split("\n\n", -1))
                .filter(event -> !event.isEmpty())
                .map(event -> event.substring("data: ".length()))
                .toList();
    }

    @Test
    void shouldSayErrorsAsOpenAiDoes() throws IOException {
        assertError(gateway.chat(body("refuse", "")), 422, "impossible");
        assertError(gateway.chat(body("refuse", ",\"stream\":true")), 422, "impossible");
        assertError(gateway.chat(body("fail", "")), 502, "worker-error");
        assertError(gateway.chat("{"), 400, "bad-request");
        assertError(gateway.chat(""), 400, "bad-request");
        assertError(gateway.chat("[]"), 400, "bad-request");
        assertError(gateway.chat("{\"messages\":[]}"), 400, "bad-request");
        assertError(gateway.chat(body("say Hi", ",\"stream\":\"yes\"")), 400, "bad-request");
        assertError(gateway.chat(body("say Hi", ",\"tools\":[{\"type\":\"function\"}]")), 400, "bad-request");
        assertError(gateway.chat(body("say Hi", ",\"n\":2")), 400, "bad-request");
        assertError(gateway.chat(body(" ", "")), 400, "bad-request");
        assertError(gateway.chat("x".repeat(300_000)), 413, "too-large");
    }

    private static void assertError(HttpResponse<String> response, int status, String code) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("message").asText()).isNotBlank().doesNotContain("io.mtor", "jackson");
        assertThat(error.has("type")).isTrue();
        assertThat(error.has("param")).isTrue();
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        assertThat(gateway.chat("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":5}]}]}")
                        .body())
                .contains("messages[0].content[0].text must be a string");
        assertThat(gateway.chat("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"http://example.org/a.png\"}}]}]}")
                        .body())
                .contains("messages[0].content[0].image_url.url must be a data: URL");
        assertThat(gateway.chat("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"data:image/png;base64,!!\"}}]}]}")
                        .body())
                .contains("messages[0].content[0].image_url.url is not a picture");
    }

    @Test
    void shouldBreakOffAStreamThatFailsInTheMiddle() throws IOException {
        for (String text : List.of("half", "again")) {
            List<String> lines = new ArrayList<>();
            boolean endedInPeace = raw(body(text, ",\"stream\":true"), lines);

            assertThat(lines).anyMatch(line -> line.startsWith("data: {\"error\""));
            assertThat(lines).doesNotContain("data: [DONE]");
            assertThat(endedInPeace)
                    .as("the last chunk of the transfer was sent")
                    .isFalse();
        }
    }

    @Test
    void shouldFreeTheSlotOfAStreamThatItBreaksOff() throws Exception {
        gateway.realm.cancelled.clear();
        raw(body("again", ",\"stream\":true,\"user\":\"breaker\""), new ArrayList<>());

        // Once for the attempt that failed, and once because nobody listens to the next one, if that had begun.
        Waiting.until(() -> gateway.get("/metrics").body().contains("mtor_inflight 0.0"), "nothing is open");
    }

    /** Reads a response as it comes; true if it ended as a response should. */
    private static boolean raw(String body, List<String> lines) throws IOException {
        try (Socket socket = connected(body)) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (line.equals("0")) {
                    return true;
                }
            }
        } catch (java.net.SocketException e) {
            lines.add("reset");
        }
        return false;
    }

    private static Socket connected(String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port);
        socket.setSoTimeout(20_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Accept-Encoding: gzip\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void shouldNotHoldBackPiecesToCompressThem() throws IOException {
        try (Socket socket = connected(body("begin", ",\"stream\":true"))) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (line != null && !line.contains("begun")) {
                line = in.readLine();
            }
            assertThat(line).contains("begun");
        }
    }

    @Test
    void shouldStopTheWorkerWhenTheClientHangsUp() throws Exception {
        gateway.realm.cancelled.clear();
        try (Socket socket = connected(body("begin", ",\"stream\":true,\"user\":\"hanger\""))) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        var key = gateway.realm.cancelled.poll(10, TimeUnit.SECONDS);
        assertThat(key).isNotNull();
        assertThat(key.user().value()).isEqualTo("hanger");
    }

    @Test
    void shouldWaitForAnAnswerLongerThanAConnectionMayBeIdle() {
        HttpResponse<String> response = gateway.chat(body("later 5000 patience", ""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("patience");
    }

    @Test
    void shouldCloseAConnectionThatIsIdleAfterAnAnswer() throws IOException {
        try (Socket socket = connected(body("say Hi", ""))) {
            byte[] all = socket.getInputStream().readAllBytes();
            assertThat(new String(all, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldCloseAConnectionThatNeverSaysWhatItWants() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldListModels() throws IOException {
        for (String path : List.of("/v1/models", "//v1/models", "/v1//models")) {
            JsonNode json = JSON.readTree(gateway.get(path).body());
            assertThat(json.get("object").asText()).isEqualTo("list");
            assertThat(json.get("data").findValuesAsText("id")).containsExactly("auto", "fake-eyes", "fake-model");
            assertThat(json.get("data").findValuesAsText("owned_by")).containsOnly("mtor");
        }
    }

    @Test
    void shouldLetBrowsersCall() {
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,x-stainless-os"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(response.headers().firstValue("access-control-allow-headers"))
                .contains("authorization,x-stainless-os");
    }

    @Test
    void shouldAnswerUnknownPaths() throws IOException {
        HttpResponse<String> api = gateway.get("/v1/responses");
        assertThat(api.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(api.body()).get("error").get("message").asText())
                .contains("/v1/responses");
        assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/ws").statusCode()).isEqualTo(426);
        assertThat(gateway.get("/../../etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellHowItIs() {
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/readyz").body()).isEqualTo("ready\n");
        gateway.chat(body("say Hi", ""));
        assertThat(gateway.get("/metrics").body())
                .contains("mtor_result_seconds_count{outcome=\"result\",query_type=\"chat\"}")
                .contains("mtor_dispatch_seconds_bucket")
                .doesNotContain("fake-worker");
    }

    @Test
    void shouldGuardThePage() {
        HttpResponse<String> page = gateway.get("/");
        if (page.statusCode() == 200) {
            assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
        }
    }
}
