// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtor bench}: measures MTOR beside a bare baseline, in one run. */
@Command(
        name = "mtor bench",
        mixinStandardHelpOptions = true,
        description = "Measure MTOR beside the bare shape: the same WebSocket and bus hops with nothing in between.",
        footer = {"", "Parts: jvm, cluster, selection, idle, start, scheduling."})
public final class BenchMain implements Callable<Integer> {

    private static final List<String> ALL = List.of("start", "idle", "selection", "jvm", "cluster", "scheduling");

    @Option(names = "--rounds", defaultValue = "3", description = "Interleaved rounds; ${DEFAULT-VALUE} by default.")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Length of each measurement; ${DEFAULT-VALUE} by default.")
    private int seconds = 5;

    @Option(names = "--only", split = ",", description = "Only these parts.")
    private List<String> only = ALL;

    @Option(names = "--out", description = "Also write the figures as JSON to this file.")
    private @Nullable Path out;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var report = new Report();
        var effort = new Effort(rounds, Duration.ofSeconds(seconds));
        for (String part : ALL) {
            if (only.contains(part)) {
                System.err.println("measuring: " + part + " ...");
                run(part, report, effort);
            }
        }
        report.print(System.out);
        write(report);
        return 0;
    }

    private static void run(String part, Report report, Effort effort) throws Exception {
        switch (part) {
            case "start" -> StartTime.measure(report, effort);
            case "idle" -> IdleMemory.measure(report);
            case "selection" -> Selection.measure(report, effort);
            case "jvm" -> RoundTrip.inOneJvm(report, effort);
            case "cluster" -> RoundTrip.acrossJvms(report, effort);
            case "scheduling" -> Scheduling.measure(report, effort);
            default -> throw new IllegalArgumentException("there is no part " + part);
        }
    }

    private void write(Report report) throws IOException {
        if (out != null) {
            Files.writeString(out, report.toJson().toPrettyString() + "\n");
            System.err.println("written: " + out);
        }
    }
}
