// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import java.io.IOException;

/**
 * The process that started this one and holds its standard input open. When it is gone, however it went, standard
 * input ends, and so does this process, as if it had been told to stop.
 */
public final class Starter {

    /** The system property that, when true, says that there is one to follow. */
    public static final String PROPERTY = "mtor.started";

    private Starter() {}

    /** Begins to watch, if there is one to follow. */
    public static void follow() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread.ofPlatform().daemon().name("starter").start(Starter::await);
        }
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private static void await() {
        try {
            while (System.in.read() >= 0) {
                // Whatever it says, it is there.
            }
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        System.exit(0);
    }
}
