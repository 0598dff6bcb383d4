// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.check.Violation;
import io.mtor.bench.simulation.world.Fault;
import io.mtor.bench.simulation.world.FaultKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Looks for a broken law in one world after the other; called through another class loader. */
public final class Hunt {

    private static final int INTENTS = 700;

    private Hunt() {}

    /**
     * What was found in the first of these worlds in which a law was broken; empty if in none.
     *
     * @param where only worlds with faults of all these kinds count, with spaces between
     */
    public static String through(long firstSeed, int worlds, String where) {
        Set<FaultKind> kinds = Arrays.stream(where.split(" "))
                .filter(kind -> !kind.isEmpty())
                .map(FaultKind::valueOf)
                .collect(Collectors.toSet());
        return LongStream.iterate(firstSeed, seed -> seed + 1)
                .mapToObj(seed -> Plan.draw(seed, INTENTS))
                .filter(plan -> kinds.isEmpty() || kindsOf(plan).containsAll(kinds))
                .limit(worlds)
                .map(Hunt::in)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Set<FaultKind> kindsOf(Plan plan) {
        return plan.faults().stream().map(Fault::kind).collect(Collectors.toSet());
    }

    private static String in(Plan plan) {
        List<Violation> violations = new Episode(plan, false).run().violations();
        return violations.isEmpty() ? "" : "world " + plan.seed() + ": " + violations.getFirst();
    }

    /** The same in the product that this loader loads. */
    static String in(ClassLoader product, long firstSeed, int worlds, String where)
            throws ReflectiveOperationException {
        Class<?> hunt = product.loadClass(Hunt.class.getName());
        return (String)
                hunt.getMethod("through", long.class, int.class, String.class).invoke(null, firstSeed, worlds, where);
    }
}
