// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import io.mtor.bench.process.Child;
import io.mtor.bench.process.MtorProcess;
import java.io.IOException;
import java.util.List;

/** From the start of the process to "MTOR is ready", and what a realm weighs then. */
final class StartTime {

    private StartTime() {}

    static void measure(Report report, Effort effort) throws IOException {
        for (int round = 0; round < effort.rounds(); round++) {
            long start = System.nanoTime();
            try (Child child = Child.start(
                    "io.mtor.realm.MtorMain", List.of("up", "--port", String.valueOf(MtorProcess.freePort())))) {
                child.awaitLine("MTOR is ready");
                report.add("start/realm in one JVM, to ready", "ms", (System.nanoTime() - start) / 1e6);
                report.add("start/memory when ready (PSS)", "MiB", Child.memoryKib(child.pid()) / 1024.0);
            }
        }
    }
}
