// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

import io.mtor.common.protocol.IntentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a simulated model server says. */
public interface Voice {

    /** The text of one piece; {@code number} counts those of a run from 0. */
    String piece(IntentId guid, long run, int number);

    /** A run begins. */
    default void begins(IntentId guid, long run) {}

    /** Pieces of so many characters, all the same. */
    static Voice chatting(int chars) {
        String letters = "the realm is breathing and every intent finds a worker ";
        String piece = letters.repeat(chars / letters.length() + 1).substring(0, chars);
        return (guid, run, number) -> piece;
    }

    /** Each piece is a {@link Mark}, and each run is logged, so that runs can be counted. */
    static Voice marking(String worker, int pieces) {
        return new Marking(worker, pieces);
    }

    /** Says where each piece comes from. */
    record Marking(String worker, int pieces) implements Voice {

        private static final Logger LOGGER = LoggerFactory.getLogger(Marking.class);

        /** What the log says of each run. */
        public static final String BEGINS = "a simulated run begins";

        @Override
        public String piece(IntentId guid, long run, int number) {
            return new Mark(guid, worker, run, number, pieces).text();
        }

        @Override
        public void begins(IntentId guid, long run) {
            LOGGER.atInfo().addKeyValue("guid", guid).addKeyValue("run", run).log(BEGINS);
        }
    }
}
