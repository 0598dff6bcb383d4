// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.Exchange;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.ComfyStub;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.List;

/** One adapter of ComfyUI before a stub, and what comes of its intents. */
final class ComfyRig {

    static final byte[] PICTURE = Paintings.png(64);

    private static final int MAX_BYTES = 1 << 20;

    final Vertx vertx = Vertx.vertx();

    final RecordedSink sink = new RecordedSink();

    final ComfyStub stub;

    private final HttpClient client = vertx.createHttpClient();

    private final Endpoint endpoint;

    private final ComfyServer server;

    ComfyRig(ComfyStub stub) {
        this.stub = stub;
        endpoint = new Endpoint("127.0.0.1", stub.listen(vertx), false, null);
        var models = new ComfyServer.Models(Workflows.of(null), model -> model + ".safetensors");
        server = new ComfyServer(vertx, client, endpoint, models, MAX_BYTES);
    }

    static Intent fox() {
        return Intents.intent(1, QueryType.IMAGINE, "a fox under birches", "sd_xl", List.of());
    }

    Run ask() {
        return ask(fox());
    }

    Run ask(Intent intent) {
        return Intents.onContext(vertx, () -> server.run(new Assigned(intent, "sd_xl", 0, 0), sink));
    }

    /** One that is cancelled in the turn in which it begins, and another. */
    void cancelOneAndAskForAnother() {
        Intents.onContext(vertx, () -> {
            server.run(new Assigned(fox(), "sd_xl", 0, 0), new RecordedSink()).cancel();
            return server.run(new Assigned(fox(), "sd_xl", 0, 0), sink);
        });
    }

    void cancel(Run run) {
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });
    }

    void pause(Run run) {
        Intents.onContext(vertx, () -> {
            run.pause();
            return run;
        });
    }

    /** Waits for our prompt to be worked on, and for the first that is heard of it. */
    void begin() {
        stub.awaitPrompt();
        stub.progress(5, 20);
        Await.until("progress", () -> sink.progress().contains("5/20"));
    }

    /** The stub paints, in the right order. */
    void paint() {
        stub.awaitPrompt();
        stub.tell("execution_start", "\"timestamp\": 1760000000000");
        stub.tell("executing", "\"node\": \"sampler\", \"display_node\": \"sampler\"");
        stub.progress(1, 20);
        stub.preview(Paintings.jpeg(8));
        stub.tell("progress_state", "\"nodes\": {}");
        stub.progress(20, 20);
        stub.paints("ComfyUI_temp_abcde_00001_.png", "temp", PICTURE);
        stub.finish();
    }

    /** Whatever was on its way to the stub has come when this returns. */
    void roundTrips() {
        for (int i = 0; i < 3; i++) {
            new Exchange(client, endpoint, MAX_BYTES, 10_000).get("/queue").await();
        }
    }

    void close() {
        vertx.close().await();
    }
}
