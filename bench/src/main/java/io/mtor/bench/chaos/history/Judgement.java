// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.history;

import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one history.
 *
 * @param breaches what must not happen, and did
 * @param error the code it ended in; null if it ended in a result, or not at all
 * @param troubled true if its connection was lost or it was begun anew: an end makes it recovered
 * @param trace the whole history, a line for each entry, if there is a breach or an error
 */
public record Judgement(
        IntentId guid, List<Breach> breaches, @Nullable ErrorCode error, boolean troubled, List<String> trace) {

    public Judgement {
        breaches = List.copyOf(breaches);
        trace = List.copyOf(trace);
    }

    /**
     * One way to break the promise.
     *
     * @param detail for people
     */
    public record Breach(Kind kind, String detail) {}

    /** The ways to break the promise. */
    public enum Kind {
        /** It never ended. */
        LOST,
        /** It ended twice, or went on after its end, or a piece was shown again. */
        TWICE,
        /** A piece is missing. */
        GAP,
        /** Pieces of two runs, or of another intent, in one text; or a new attempt without a word. */
        MIXED,
        /** What was said at the end is not what was shown. */
        UNLIKE,
        /** An attempt that was over speaks again. */
        STALE
    }

    public boolean has(Kind kind) {
        return breaches.stream().anyMatch(breach -> breach.kind == kind);
    }

    public boolean isGood() {
        return breaches.isEmpty();
    }
}
