// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

/**
 * Something that must never be.
 *
 * @param guid whose intent; empty if it is nobody's
 */
public record Violation(Law law, String guid, String what) {

    /** What must hold. */
    public enum Law {
        /** Every intent ends. */
        LOST,
        /** … once. */
        ENDED_TWICE,
        /** No piece is shown twice, none is left out. */
        ORDER,
        /** Nothing of one run is shown beside another's. */
        MIXED,
        /** The result is what was shown. */
        DIFFERENT,
        /** An attempt is followed by higher ones only, and says so. */
        ATTEMPT,
        /** It ends before its time is over, or just then. */
        LATE,
        /** It fails for a reason. */
        FAILED,
        /** It is begun no more often than the budget allows. */
        BUDGET,
        /** No worker runs more than it has slots. */
        OVERCOMMITTED,
        /** A poison intent kills few, and no other intent suffers from it. */
        POISON,
        /** Only workers that may see it run it. */
        PRIVACY,
        /** No fitting slot is free while an intent waits. */
        IDLE,
        /** What a worker was assigned and does not accept goes elsewhere. */
        FORGOTTEN,
        /** When all is over nothing is left. */
        LEAK,
        /** When all is well again, intents are answered in usual time. */
        RECOVERY
    }

    @Override
    public String toString() {
        return law + (guid.isEmpty() ? "" : " " + guid) + ": " + what;
    }
}
