// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

/**
 * Something on this host that does intents: an HTTP server, a program, or code of ours.
 *
 * <p>It is used from one event loop and calls its sinks on that event loop. It never blocks it.
 */
public interface ModelServer {

    /**
     * Begins an intent.
     *
     * @param sink told of every piece and of the end; never before this method has returned
     */
    Run run(Assigned work, ChunkSink sink);

    /** Lets go of connections and threads; what runs has ended before. */
    default void close() {}
}
