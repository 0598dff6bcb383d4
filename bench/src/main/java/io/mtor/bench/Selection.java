// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import io.mtor.bench.selection.SelectionCost;

/** What choosing a worker costs, by the number of workers and query types. */
final class Selection {

    private static final int[] WORKERS = {10, 1_000, 10_000};
    private static final int[] TYPES = {4, 64};

    private Selection() {}

    static void measure(Report report, Effort effort) {
        for (int round = 0; round < effort.rounds(); round++) {
            for (int types : TYPES) {
                for (int workers : WORKERS) {
                    String name = "selection/" + workers + " workers, " + types + " types";
                    report.add(name, "ns", SelectionCost.measure(workers, types));
                }
            }
        }
    }
}
