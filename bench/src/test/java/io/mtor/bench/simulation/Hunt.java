// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import java.util.List;

/** Looks for a broken law in one world after the other; called through another class loader. */
public final class Hunt {

    private static final int INTENTS = 700;

    private Hunt() {}

    /** What was found in the first of these worlds in which a law was broken; empty if in none. */
    public static String through(long firstSeed, int worlds) {
        for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
            List<?> violations =
                    new Episode(Plan.draw(seed, INTENTS), false).run().violations();
            if (!violations.isEmpty()) {
                return "world " + seed + ": " + violations.getFirst();
            }
        }
        return "";
    }

    /** The same in the product that this loader loads. */
    static String in(ClassLoader product, long firstSeed, int worlds) throws ReflectiveOperationException {
        Class<?> hunt = product.loadClass(Hunt.class.getName());
        return (String) hunt.getMethod("through", long.class, int.class).invoke(null, firstSeed, worlds);
    }
}
