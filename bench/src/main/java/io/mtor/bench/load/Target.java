// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.load;

import java.util.UUID;

/** What is driven: where it listens, what is sent, and how the end of an answer is known. */
public record Target(String name, int port, String path, Protocol protocol) {

    /** How the two shapes are spoken to. */
    public enum Protocol {
        /** The frame comes back as it was sent. */
        BARE,
        /** The seed's message: work without a stream, then its result. */
        MTOR
    }

    /** A frame of about 200 bytes. */
    String frame() {
        return "{\"type\":\"work\",\"guid\":\"" + UUID.randomUUID()
                + "\",\"query_type\":\"bench\",\"query_text\":\"a neon mountain above a violet lake, at night, with two"
                + " moons and their reflections\",\"user_id\":\"bench\"}";
    }

    boolean isEnd(String frame) {
        return switch (protocol) {
            case BARE -> true;
            case MTOR -> frame.startsWith("{\"type\":\"result\"");
        };
    }

    boolean isFailure(String frame) {
        return protocol == Protocol.MTOR && frame.startsWith("{\"type\":\"error\"");
    }
}
