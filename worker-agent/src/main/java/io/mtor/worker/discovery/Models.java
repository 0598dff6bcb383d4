// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Serving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models of one server, and what of them is offered. */
final class Models {

    /** In this order offers are announced. */
    private static final List<QueryType> TYPES = List.of(
            QueryType.CHAT,
            QueryType.VISION,
            QueryType.EMBED,
            QueryType.RERANK,
            QueryType.TRANSCRIBE,
            QueryType.SPEAK,
            QueryType.IMAGINE);

    /**
     * One model.
     *
     * @param id as the server calls it
     * @param types what it can be asked for
     * @param loaded true if it can begin at once; such a model comes first, for whoever asks for none
     */
    record Model(String id, Set<QueryType> types, boolean loaded) {

        Model {
            types = Set.copyOf(types);
        }

        /** A file's path says more of the host than of the model: its last part without the ending is the name. */
        String name() {
            String file = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
            return id.endsWith(".gguf") ? file.substring(0, file.length() - ".gguf".length()) : id;
        }

        private boolean isNamed() {
            return !id.contains("*") && !id.isBlank();
        }
    }

    /** What one that chats can be asked for. */
    static Set<QueryType> chatting(boolean sees) {
        return sees ? Set.of(QueryType.CHAT, QueryType.VISION) : Set.of(QueryType.CHAT);
    }

    private Models() {}

    /** A server with these models; a useless one if none of them can be asked for anything. */
    static Sight sight(Kind kind, String version, String evidence, List<Model> models, int slots) {
        Map<String, String> serverNames = new LinkedHashMap<>();
        List<Model> ours = models.stream()
                .filter(model -> model.isNamed()
                        && !model.types.isEmpty()
                        && serverNames.putIfAbsent(model.name(), model.id) == null)
                .sorted(Comparator.comparing((Model model) -> !model.loaded))
                .toList();
        List<Offer> offers = new ArrayList<>();
        for (QueryType type : TYPES) {
            List<String> names = ours.stream()
                    .filter(model -> model.types.contains(type))
                    .map(Model::name)
                    .toList();
            if (!names.isEmpty()) {
                offers.add(new Offer(type, names));
            }
        }
        return offers.isEmpty()
                ? new Sight.Useless(kind.id(), evidence, "has no model that can chat")
                : new Sight.Server(
                        kind, version, evidence, new Serving(offers, slots, false), new Names(serverNames, Map.of()));
    }
}
