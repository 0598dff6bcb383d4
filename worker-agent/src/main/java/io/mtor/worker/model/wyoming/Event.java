// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.worker.model.http.Messages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What one side says to the other.
 *
 * @param payload sound; mostly empty
 */
public record Event(String type, ObjectNode data, Bytes payload) {

    static final Bytes NOTHING = Bytes.of(new byte[0]);

    /** Asks a service to describe itself. */
    public static Event describe() {
        return of("describe", Messages.MAPPER.createObjectNode());
    }

    static Event of(String type, ObjectNode data) {
        return new Event(type, data, NOTHING);
    }

    /** As it is sent. */
    public byte[] toBytes() {
        ObjectNode head = Messages.MAPPER.createObjectNode().put("type", type);
        if (!data.isEmpty()) {
            head.set("data", data);
        }
        if (payload.length() > 0) {
            head.put("payload_length", payload.length());
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload.array());
        return bytes.toByteArray();
    }
}
