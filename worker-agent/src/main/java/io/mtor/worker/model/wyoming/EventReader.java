// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.worker.model.http.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads events, wherever the network has cut them. */
public final class EventReader {

    /** A longer event means that the other side has lost its way, or is no such service. */
    private static final int MAX_BYTES = 8 << 20;

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /**
     * The events that end in these bytes.
     *
     * @throws IllegalStateException if they are no events
     */
    public List<Event> feed(byte[] bytes) {
        open.writeBytes(bytes);
        byte[] all = open.toByteArray();
        List<Event> events = new ArrayList<>();
        int from = 0;
        Optional<Part> part = part(all, from);
        while (part.isPresent()) {
            events.add(part.get().event);
            from = part.get().end;
            part = part(all, from);
        }
        open.reset();
        open.write(all, from, all.length - from);
        if (open.size() > MAX_BYTES) {
            throw new IllegalStateException("an event has more than " + MAX_BYTES + " bytes");
        }
        return events;
    }

    private record Part(Event event, int end) {}

    private static Optional<Part> part(byte[] all, int from) {
        int lineEnd = from;
        while (lineEnd < all.length && all[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == all.length) {
            return Optional.empty();
        }
        ObjectNode head = object(all, from, lineEnd);
        int dataEnd = lineEnd + 1 + length(head, "data_length");
        int end = dataEnd + length(head, "payload_length");
        if (all.length < end) {
            return Optional.empty();
        }
        ObjectNode data = head.path("data") instanceof ObjectNode given ? given : Messages.MAPPER.createObjectNode();
        if (dataEnd > lineEnd + 1) {
            data.setAll(object(all, lineEnd + 1, dataEnd));
        }
        Bytes payload = Bytes.of(Arrays.copyOfRange(all, dataEnd, end));
        return Optional.of(new Part(new Event(head.path("type").asText(), data, payload), end));
    }

    private static ObjectNode object(byte[] all, int from, int to) {
        try {
            JsonNode json = Messages.MAPPER.readTree(all, from, to - from);
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            // Said below.
        }
        throw new IllegalStateException("an event must be a JSON object");
    }

    private static int length(JsonNode head, String field) {
        int length = head.path(field).asInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalStateException(field + " must be 0 to " + MAX_BYTES);
        }
        return length;
    }
}
