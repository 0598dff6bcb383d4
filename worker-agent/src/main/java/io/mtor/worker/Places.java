// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.discovery.OllamaHost;
import io.mtor.worker.discovery.Place;
import io.mtor.worker.model.http.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where an agent looks for model servers: what the host names, what Ollama's variable names, the usual ports. */
final class Places {

    private Places() {}

    static List<Place> of(WorkerAgentConfig config, Map<String, String> environment) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (WorkerAgentConfig.Server server : config.modelServer()) {
            var key = server.key();
            Endpoint endpoint = Endpoint.of(server.url(), key == null ? null : key.value());
            add(places, new Place(endpoint.toString(), List.of(endpoint), server.slots(), server.predict()));
        }
        if (config.discovery().on()) {
            OllamaHost.parse(environment.getOrDefault("OLLAMA_HOST", ""))
                    .ifPresent(endpoint -> add(places, Place.at(endpoint, null)));
            config.discovery().ports().stream()
                    .filter(port -> !config.discovery().skip().contains(port))
                    .forEach(port -> add(places, Place.local(port)));
        }
        return List.copyOf(places.values());
    }

    private static void add(Map<String, Place> places, Place place) {
        places.putIfAbsent(place.name(), place);
    }
}
