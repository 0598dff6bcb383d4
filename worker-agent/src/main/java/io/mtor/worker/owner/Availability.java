// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a host takes work now: if not, every reason. */
public record Availability(List<Reason> reasons) {

    public static final Availability OPEN = new Availability(List.of());

    public Availability {
        reasons = List.copyOf(reasons);
    }

    public boolean isOpen() {
        return reasons.isEmpty();
    }

    /** The reasons without their words, which change with every degree. */
    public Set<Reason.Cause> causes() {
        Set<Reason.Cause> causes = EnumSet.noneOf(Reason.Cause.class);
        reasons.forEach(reason -> causes.add(reason.cause()));
        return causes;
    }
}
