// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.http.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somewhere a model server may be.
 *
 * @param addresses where to look, in this order, until somebody is there
 * @param slots intents at once, if the host says so
 * @param predicts what is done there at {@code /predict}, if the host says so; such a server cannot be proved
 */
public record Place(
        String name, List<Endpoint> addresses, @Nullable Integer slots, List<QueryType> predicts) {

    public Place {
        addresses = List.copyOf(addresses);
        predicts = List.copyOf(predicts);
    }

    /** A port of this host. */
    public static Place local(int port) {
        return new Place(
                "127.0.0.1:" + port,
                List.of(new Endpoint("127.0.0.1", port, false, null), new Endpoint("[::1]", port, false, null)),
                null,
                List.of());
    }

    /** One address, named by the host. */
    public static Place at(Endpoint endpoint, @Nullable Integer slots) {
        return new Place(endpoint.toString(), List.of(endpoint), slots, List.of());
    }
}
