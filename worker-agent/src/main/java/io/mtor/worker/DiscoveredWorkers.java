// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.discovery.Discovery;
import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Names;
import io.mtor.worker.discovery.Place;
import io.mtor.worker.discovery.Sight;
import io.mtor.worker.discovery.Sightings.News;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.http.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a worker of each model server that is discovered, and takes it out when the server has gone. */
final class DiscoveredWorkers implements Discovery.Listener {

    private static final Logger LOGGER = LoggerFactory.getLogger(DiscoveredWorkers.class);

    /** A server that answers no look may still be answering an intent. */
    private static final Duration LEAVE = Duration.ofSeconds(10);

    /** A model server that is a worker now. */
    private static final class Discovered {

        private final String name;

        /** The server's own names; read on the worker's event loop. */
        private volatile Names names;

        Discovered(String name, Names names) {
            this.name = name;
            this.names = names;
        }
    }

    private final ModelServers servers;

    private final AttentiveHosting hosting;

    private final Discovery discovery;

    private final Map<String, Discovered> discovered = new HashMap<>();

    DiscoveredWorkers(ModelServers servers, AttentiveHosting hosting, Discovery discovery) {
        this.servers = servers;
        this.hosting = hosting;
        this.discovery = discovery;
    }

    @Override
    public void news(Place place, Endpoint endpoint, News news) {
        switch (news) {
            case News.Came came -> came(place, endpoint, came.server());
            case News.Changed changed -> changed(place, changed.server());
            case News.Went went -> went(place);
            case News.Idle idle ->
                LOGGER.atInfo()
                        .addKeyValue("place", endpoint)
                        .addKeyValue("identified_by", idle.useless().evidence())
                        .log(
                                "{} found, but it {}",
                                idle.useless().name(),
                                idle.useless().reason());
        }
    }

    private void came(Place place, Endpoint endpoint, Sight.Server server) {
        Kind kind = server.kind();
        LOGGER.atInfo()
                .addKeyValue("place", endpoint)
                .addKeyValue("version", server.version())
                .addKeyValue("identified_by", server.evidence())
                .log("{} found", kind.id());
        var known = new Discovered(freeName(kind.id(), endpoint.port()), server.names());
        discovered.put(place.name(), known);
        ModelServer modelServer = servers.of(kind, endpoint, () -> known.names);
        var unloader = servers.unloader(kind, endpoint);
        var found = new Found(
                known.name, modelServer, serving(place, server), Trials.nameOf(kind, endpoint), unloader::unload);
        hosting.begin(found, endpoint, kind, () -> discovery.look(place));
    }

    /** The kind; with the port if another of that kind is here; with a number while one of that name is leaving. */
    private String freeName(String kind, int port) {
        String name = hosting.has(kind) ? kind + "-" + port : kind;
        String free = name;
        for (int i = 2; hosting.has(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    private void changed(Place place, Sight.Server server) {
        Discovered known = discovered.get(place.name());
        if (known != null) {
            known.names = server.names();
            hosting.serve(known.name, serving(place, server));
        }
    }

    private void went(Place place) {
        Discovered known = discovered.remove(place.name());
        if (known != null) {
            hosting.end(known.name, LEAVE);
        }
    }

    /** What the host says of its slots; but a server that has none just now has none. */
    private static Serving serving(Place place, Sight.Server server) {
        Integer slots = place.slots();
        Serving serving = server.serving();
        return slots == null || serving.slots() == 0 ? serving : new Serving(serving.offers(), slots, false);
    }
}
