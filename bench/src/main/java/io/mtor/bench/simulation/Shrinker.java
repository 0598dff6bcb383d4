// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.bench.simulation.world.Fault;
import io.mtor.bench.simulation.world.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds a small world that breaks the same law: leaves out faults and wishes in ever smaller portions as long as it still
 * does (delta debugging; Zeller and Hildebrandt, 2002). What is left is what a person has to understand.
 */
final class Shrinker {

    private final Law law;
    private int runsLeft;

    /** @param runs how many worlds may be tried */
    Shrinker(Law law, int runs) {
        this.law = law;
        this.runsLeft = runs;
    }

    Plan shrink(Plan plan) {
        List<Fault> faults = fewest(plan.faults(), some -> plan.with(plan.wishes(), some));
        List<Wish> wishes = fewest(plan.wishes(), some -> plan.with(some, faults));
        List<Fault> last = fewest(faults, some -> plan.with(wishes, some));
        return plan.with(wishes, last);
    }

    private <T> List<T> fewest(List<T> all, Function<List<T>, Plan> world) {
        List<T> kept = all;
        int portion = (kept.size() + 1) / 2;
        while (portion > 0 && !kept.isEmpty() && runsLeft > 0) {
            int before = kept.size();
            for (int from = 0; from < kept.size() && runsLeft > 0; ) {
                List<T> without = new ArrayList<>(kept.subList(0, from));
                without.addAll(kept.subList(Math.min(kept.size(), from + portion), kept.size()));
                if (isBroken(world.apply(without))) {
                    kept = without;
                } else {
                    from += portion;
                }
            }
            if (kept.size() == before || portion > kept.size()) {
                portion = portion == 1 && kept.size() < before ? 1 : portion / 2;
            }
        }
        return kept;
    }

    private boolean isBroken(Plan plan) {
        runsLeft--;
        return new Episode(plan, false).run().violations().stream().anyMatch(violation -> violation.law() == law);
    }
}
