// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands in for a server of speech: to looks it answers as the real one does, to intents as the test says, and to the
 * rest 404.
 */
public final class SpeechStub {

    private static final String JSON = "application/json";

    private final Map<String, Handler<HttpServerRequest>> handlers = new HashMap<>();

    private final String server;

    private final String unknown;

    private final int unknownStatus;

    private SpeechStub(String server, String unknown) {
        this(server, unknown, 404);
    }

    private SpeechStub(String server, String unknown, int unknownStatus) {
        this.server = server;
        this.unknown = unknown;
        this.unknownStatus = unknownStatus;
    }

    /** whisper.cpp of August 2026: its name in each reply, and a page at the root. */
    public static SpeechStub whisperCpp() {
        return new SpeechStub("whisper.cpp", "File Not Found (/)")
                .says("/", "text/html", "<html><head><title>Whisper.cpp Server</title></head></html>")
                .says("/health", JSON, "{\"status\":\"ok\"}");
    }

    /** speaches 0.8 with one model that hears and one that speaks. */
    public static SpeechStub speaches() {
        return new SpeechStub("uvicorn", "{\"detail\":\"Not Found\"}")
                .says("/health", "text/plain; charset=utf-8", "OK")
                .says(
                        "/openapi.json",
                        JSON,
                        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"speaches\",\"version\":\"0.8.3\"}}")
                .says("/v1/models", JSON, """
                        {"data":[
                          {"id":"Systran/faster-whisper-small","created":1,"object":"model","owned_by":"Systran",
                           "language":["en","de"],"task":"automatic-speech-recognition"},
                          {"id":"speaches-ai/Kokoro-82M-v1.0-ONNX","created":1,"object":"model","owned_by":"speaches-ai",
                           "language":["multilingual"],"task":"text-to-speech","sample_rate":24000,
                           "voices":[{"name":"af_heart","language":"en-us","gender":"female","id":"af_heart"},
                                     {"name":"af_alloy","language":"en-us","gender":"female","id":"af_alloy"}]}],
                         "object":"list"}
                        """);
    }

    /** Kokoro-FastAPI 0.3. */
    public static SpeechStub kokoro() {
        return new SpeechStub("uvicorn", "{\"detail\":\"Not Found\"}")
                .says("/health", JSON, "{\"status\":\"healthy\"}")
                .says("/openapi.json", JSON, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Kokoro TTS API\"}}")
                .says("/v1/audio/voices", JSON, """
                        {"voices":[{"id":"af_alloy","name":"af_alloy"},{"id":"af_heart","name":"af_heart"}]}
                        """)
                .says("/v1/models", JSON, """
                        {"object":"list","data":[
                          {"id":"tts-1","object":"model","created":1686935002,"owned_by":"kokoro"},
                          {"id":"kokoro","object":"model","created":1686935002,"owned_by":"kokoro"}]}
                        """);
    }

    /** Piper 1.7, started with one voice of the two on its disk. */
    public static SpeechStub piper() {
        return olderPiper()
                .says("/info", JSON, """
                        {"voice":{"name":"en_US-lessac-medium","language":"en-us","num_speakers":1},"last":null}
                        """)
                .says("/", "text/html; charset=utf-8", "<!DOCTYPE html><title>Piper</title>");
    }

    /** Piper 1.3. */
    public static SpeechStub olderPiper() {
        return new SpeechStub("Werkzeug/3.1.3 Python/3.12.3", "<!doctype html><title>404 Not Found</title>")
                .says("/voices", JSON, """
                        {"de_DE-thorsten-medium":{"audio":{"sample_rate":22050},"espeak":{"voice":"de"},"num_speakers":1},
                         "en_US-lessac-medium":{"audio":{"sample_rate":22050},"espeak":{"voice":"en-us"},"num_speakers":1}}
                        """);
    }

    /** AirPlay, which is no server of speech, and refuses whatever it is asked. */
    public static SpeechStub refusing() {
        return new SpeechStub("AirTunes/860.7.1", "", 403);
    }

    /** The same but for what it says here. */
    public SpeechStub says(String path, String type, String body) {
        return on(
                path,
                request -> request.response().putHeader("Content-Type", type).end(body));
    }

    /** The same but for what it does here. */
    public SpeechStub on(String path, Handler<HttpServerRequest> handler) {
        handlers.put(path, handler);
        return this;
    }

    /** The same, answering a form or JSON here, once it has come as a whole, with bytes. */
    public SpeechStub answers(String path, Handler<Received> seen, String type, byte[] answer) {
        return on(
                path,
                request -> Received.of(request, received -> {
                    seen.handle(received);
                    request.response().putHeader("Content-Type", type).end(Buffer.buffer(answer));
                }));
    }

    /** Begins to listen; the port it has got. */
    public int listen(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void handle(HttpServerRequest request) {
        request.response().putHeader("Server", server);
        handlers.getOrDefault(
                        request.path(),
                        other -> other.response().setStatusCode(unknownStatus).end(unknown))
                .handle(request);
    }
}
