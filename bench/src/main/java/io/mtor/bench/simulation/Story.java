// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.check.Violation;
import io.mtor.bench.simulation.world.Trace;
import java.io.PrintStream;
import java.util.List;

/** What went wrong in a world, told so that a person can follow it. */
final class Story {

    private static final int SHRINKING_RUNS = 200;
    private static final int FEW_INTENTS = 20;
    private static final int MOST_LINES = 4000;

    private final long seed;
    private final int intents;

    Story(long seed, int intents) {
        this.seed = seed;
        this.intents = intents;
    }

    /** Replays the world, makes it as small as it can be with that fault, and tells it. */
    void tell(PrintStream out) {
        Plan plan = Plan.draw(seed, intents);
        List<Violation> violations = new Episode(plan, false).run().violations();
        out.println();
        out.println("World " + seed + " with " + intents + " intents, again and alone:");
        violations.stream().limit(5).forEach(violation -> out.println("  " + violation));
        if (violations.isEmpty()) {
            out.println("  nothing is wrong with it");
            return;
        }
        Plan small = new Shrinker(violations.getFirst().law(), SHRINKING_RUNS).shrink(plan);
        tell(small, out);
    }

    private static void tell(Plan small, PrintStream out) {
        var episode = new Episode(small, true);
        List<Violation> violations = episode.run().violations();
        out.printf(
                "%nThe same with %d of its faults and %d of its intents:%n",
                small.faults().size(), small.wishes().size());
        if (violations.isEmpty()) {
            return;
        }
        Violation first = violations.getFirst();
        out.println("  " + first);
        boolean isNobodys = first.guid().isEmpty() && small.wishes().size() <= FEW_INTENTS;
        List<Trace.Line> lines =
                isNobodys ? episode.trace().lines() : episode.trace().about(first.guid());
        lines.stream().limit(MOST_LINES).forEach(out::println);
        if (lines.size() > MOST_LINES) {
            out.println("  ... and " + (lines.size() - MOST_LINES) + " lines more");
        }
    }
}
