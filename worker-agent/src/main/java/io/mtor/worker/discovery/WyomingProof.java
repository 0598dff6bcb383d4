// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.wyoming.Event;
import java.util.ArrayList;
import java.util.List;

/** Tells from how a Wyoming service describes itself what it does. */
final class WyomingProof {

    private static final String EVIDENCE = "its description, by the Wyoming protocol";

    private WyomingProof() {}

    /** @param event the first that it says */
    static Sight of(Event event) {
        if (!event.type().equals("info")) {
            return new Sight.Nobody();
        }
        List<Offer> offers = new ArrayList<>();
        offer(offers, QueryType.TRANSCRIBE, event.data().path("asr"), "models");
        offer(offers, QueryType.SPEAK, event.data().path("tts"), "voices");
        return offers.isEmpty()
                ? new Sight.Useless(Kind.WYOMING.id(), EVIDENCE, "neither hears nor speaks")
                : new Sight.Server(
                        Kind.WYOMING, "", EVIDENCE, new Serving(offers, Kind.WYOMING.slots(), false), Names.SAME);
    }

    /** What is there but not installed would be loaded from elsewhere first. */
    private static void offer(List<Offer> offers, QueryType type, JsonNode programs, String field) {
        List<String> models = Replies.stream(programs)
                .filter(program -> program.path("installed").asBoolean())
                .flatMap(program -> Replies.entries(program.path(field), "name"))
                .filter(model -> model.path("installed").asBoolean())
                .map(model -> model.path("name").asText())
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
        if (!models.isEmpty()) {
            offers.add(new Offer(type, models));
        }
    }
}
