// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import io.mtor.bench.simulation.check.Violation.Law;
import java.util.ArrayList;
import java.util.List;

/** Takes down what must never be. */
public final class Judge {

    private static final int MAX = 100;

    private final List<Violation> violations = new ArrayList<>();

    public void complain(Law law, String guid, String what) {
        if (violations.size() < MAX) {
            violations.add(new Violation(law, guid, what));
        }
    }

    /** The first so many, in the order in which they were seen. */
    public List<Violation> violations() {
        return violations;
    }
}
