// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.util.List;

/** A service of the Wyoming protocol that hears or speaks. Each intent has a connection of its own; closing it cancels. */
public final class WyomingServer implements ModelServer {

    private final Vertx vertx;

    private final NetClient client;

    private final Endpoint endpoint;

    private final int maxBytes;

    /** @param maxBytes a longer sound is a failure */
    public WyomingServer(Vertx vertx, Endpoint endpoint, int maxBytes) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.endpoint = endpoint;
        this.maxBytes = maxBytes;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        var run = new WyomingRun(new Listening(maxBytes), sink);
        try {
            List<Event> events = Asking.events(work);
            Buffer all = Buffer.buffer();
            events.forEach(event -> all.appendBytes(event.toBytes()));
            run.begin(client.connect(endpoint.port(), endpoint.host().replaceAll("[\\[\\]]", "")), all);
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            vertx.runOnContext(go -> run.refuse(Cause.BAD_INPUT, message));
        }
        return run;
    }

    @Override
    public void close() {
        client.close();
    }
}
