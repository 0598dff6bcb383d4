// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.speech.Pcm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said to a service for an intent. */
final class Asking {

    private static final int CHUNK_BYTES = 32 * 1024;

    private Asking() {}

    /** @throws BadInputException if the intent cannot be put */
    static List<Event> events(Assigned work) throws BadInputException {
        return work.intent().queryType().equals(QueryType.SPEAK) ? List.of(synthesize(work)) : transcribe(work);
    }

    private static Event synthesize(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        if (intent.text().isBlank() || !intent.media().isEmpty()) {
            throw new BadInputException("speak needs a text, and takes no media");
        }
        // A line end would be nothing special in JSON, but some services read line by line.
        ObjectNode data = object().put("text", intent.text().strip().replaceAll("\\s+", " "));
        if (work.model() != null) {
            data.putObject("voice").put("name", work.model());
        }
        return Event.of("synthesize", data);
    }

    private static List<Event> transcribe(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        Bytes data = intent.media().size() == 1 ? intent.media().getFirst().data() : null;
        Optional<Pcm> sound = data == null ? Optional.empty() : Pcm.of(data.array());
        if (sound.isEmpty()) {
            throw new BadInputException("transcribe takes one recording here, audio/wav without compression");
        }
        ObjectNode wish = object();
        if (work.model() != null) {
            wish.put("name", work.model());
        }
        Messages.word(intent.parameters(), "language", Messages.LANGUAGE)
                .ifPresent(language -> wish.put("language", language));
        List<Event> events = new ArrayList<>(List.of(Event.of("transcribe", wish)));
        Pcm pcm = sound.get();
        events.add(Event.of("audio-start", format(pcm)));
        for (int from = 0; from < pcm.samples().length(); from += CHUNK_BYTES) {
            int to = Math.min(from + CHUNK_BYTES, pcm.samples().length());
            events.add(new Event("audio-chunk", format(pcm), pcm.samples().slice(from, to)));
        }
        events.add(Event.of("audio-stop", object()));
        return events;
    }

    private static ObjectNode format(Pcm pcm) {
        return object().put("rate", pcm.rate()).put("width", pcm.width()).put("channels", pcm.channels());
    }

    private static ObjectNode object() {
        return Messages.MAPPER.createObjectNode();
    }
}
