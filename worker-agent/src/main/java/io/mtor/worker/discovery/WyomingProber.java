// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.wyoming.Event;
import io.mtor.worker.model.wyoming.EventReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks what listens at a port, and speaks no HTTP, to describe itself by the Wyoming protocol. */
public final class WyomingProber {

    private final NetClient client;

    private final long patienceMillis;

    public WyomingProber(NetClient client, long patienceMillis) {
        this.client = client;
        this.patienceMillis = patienceMillis;
    }

    /** Such a service, or nobody; never fails. */
    Future<Sight> look(Endpoint endpoint) {
        return client.connect(endpoint.port(), endpoint.host().replaceAll("[\\[\\]]", ""))
                .compose(socket -> describe(socket).eventually(() -> socket.close()))
                .timeout(patienceMillis, TimeUnit.MILLISECONDS)
                .otherwise(new Sight.Nobody());
    }

    private Future<Sight> describe(NetSocket socket) {
        Promise<Sight> seen = Promise.promise();
        var reader = new EventReader();
        socket.closeHandler(gone -> seen.tryFail("it closed the connection"));
        socket.handler(bytes -> read(reader, bytes, seen));
        socket.write(Buffer.buffer(Event.describe().toBytes()));
        return seen.future().timeout(patienceMillis, TimeUnit.MILLISECONDS);
    }

    private static void read(EventReader reader, Buffer bytes, Promise<Sight> seen) {
        try {
            List<Event> events = reader.feed(bytes.getBytes());
            if (!events.isEmpty()) {
                seen.tryComplete(WyomingProof.of(events.getFirst()));
            }
        } catch (IllegalStateException noEvents) {
            seen.tryFail(noEvents);
        }
    }
}
