// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.history.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one scenario.
 *
 * @param fired how often each kind of fault was done and seen to be done
 * @param missing the faults that were to be done and were not
 * @param runs how often a worker began to work on an intent
 * @param losses how many connections of users were lost
 * @param leaks the processes in whose logs stands what a user wrote
 */
public record Outcome(
        String scenario,
        Map<String, Integer> fired,
        List<String> missing,
        Tally tally,
        int runs,
        int losses,
        List<String> leaks,
        List<Figure> figures) {

    /** Executions for each intent that a worker ended. */
    double executions() {
        return runs / (double) Math.max(1, tally.intents() - tally.failed() - tally.lost());
    }

    /** True if nothing was lost, shown twice, mixed or written into a log, and every fault was done. */
    boolean isGood() {
        return tally.isKept() && missing.isEmpty() && leaks.isEmpty();
    }

    /** What is written down while a scenario is played. */
    static final class Notes {

        private final String scenario;
        private final Map<String, Integer> planned = new LinkedHashMap<>();
        private final Map<String, Integer> fired = new LinkedHashMap<>();
        private final List<Figure> figures = new ArrayList<>();

        Notes(String scenario) {
            this.scenario = scenario;
        }

        /** So many faults of this kind will be done. */
        void plan(String fault, int count) {
            planned.merge(fault, count, Integer::sum);
        }

        /** One was done, and seen to be done. */
        void fired(String fault) {
            fired.merge(fault, 1, Integer::sum);
        }

        void add(Figure figure) {
            figures.add(figure);
        }

        /**
         * What was measured after each of several faults of one kind, in milliseconds; after the first one apart: nobody
         * has lost anybody before, so all processes load and interpret that code then, at the same time.
         */
        void addAfterEach(String what, String target, List<List<Double>> samples) {
            add(Figure.millis(what + ", first fault", target, samples.getFirst()));
            if (samples.size() > 1) {
                List<Double> later =
                        samples.stream().skip(1).flatMap(List::stream).toList();
                add(Figure.millis(what + ", later faults", target, later));
            }
        }

        Outcome outcome(Tally tally, int runs, int losses, List<String> leaks) {
            List<String> missing = planned.entrySet().stream()
                    .filter(each -> fired.getOrDefault(each.getKey(), 0) < each.getValue())
                    .map(each -> each.getKey() + ": " + fired.getOrDefault(each.getKey(), 0) + " of " + each.getValue())
                    .toList();
            return new Outcome(scenario, fired, missing, tally, runs, losses, leaks, figures);
        }
    }
}
