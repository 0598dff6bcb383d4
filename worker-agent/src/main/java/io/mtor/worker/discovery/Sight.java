// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.worker.model.Serving;

/** What one look at one port showed. */
public sealed interface Sight {

    /** Nobody listens. */
    record Nobody() implements Sight {}

    /** Somebody listens who is no model server that we know. */
    record Stranger() implements Sight {}

    /**
     * A model server that can do intents now.
     *
     * @param kind its short name, such as {@code ollama}
     * @param evidence what proved it, for {@code --explain} and the log
     * @param version empty if it does not tell
     */
    record Server(Kind kind, String version, String evidence, Serving serving, Names names) implements Sight {}

    /** A model server that offers nothing, and why: it loads, wants a key, has no model, or is not supported. */
    record Useless(String name, String evidence, String reason) implements Sight {}
}
