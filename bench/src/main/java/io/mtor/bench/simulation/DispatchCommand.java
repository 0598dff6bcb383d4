// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.dispatch.Central;
import io.mtor.bench.simulation.dispatch.EarlyBinding;
import io.mtor.bench.simulation.dispatch.Ours;
import io.mtor.bench.simulation.dispatch.Plot;
import io.mtor.bench.simulation.dispatch.Policy;
import io.mtor.bench.simulation.dispatch.RecordedTrace;
import io.mtor.bench.simulation.dispatch.Waits;
import io.mtor.bench.simulation.dispatch.Workload;
import io.mtor.bench.simulation.dispatch.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mtor simulate dispatch}: how long intents wait under different dispatch policies. */
@Command(
        name = "dispatch",
        mixinStandardHelpOptions = true,
        description = {
            "Compares how long intents wait: with MTOR's own gateways, dispatchers and workers, with one ideal queue that"
                    + " knows everything at once, and with what others do.",
            "The intents are generated, or read from a recorded trace: lines of at_ms,user,query_type,work_ms under that"
                    + " header."
        })
final class DispatchCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--shape",
            defaultValue = "FOUR_TYPES",
            description = "Generated: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Workloads.Shape shape = Workloads.Shape.FOUR_TYPES;

    @Option(names = "--load", defaultValue = "0.95", description = "Share of busy slots; ${DEFAULT-VALUE} by default.")
    private double load;

    @Option(names = "--intents", defaultValue = "60000", description = "Generated; ${DEFAULT-VALUE} by default.")
    private int intents;

    @Option(names = "--seed", defaultValue = "1", description = "Of what is generated; ${DEFAULT-VALUE} by default.")
    private long seed;

    @Option(names = "--dispatchers", defaultValue = "4", description = "Of each policy; ${DEFAULT-VALUE} by default.")
    private int dispatchers;

    @Option(names = "--trace", description = "A recorded trace to use instead; needs --workers.")
    private @Nullable Path trace;

    @Option(
            names = "--workers",
            arity = "1..*",
            description = "Its workers, such as 4x2:chat 2x1:chat,vision@1.8 (count x slots : query types @ slowness).")
    private List<String> workers = List.of();

    @Option(names = "--plot", description = "Also draw the waits to this SVG file.")
    private @Nullable Path plot;

    @Override
    public Integer call() throws IOException {
        Workload work = workload();
        List<Policy> policies = new ArrayList<>(List.of(new Central(false), new Ours(dispatchers, List.of())));
        for (EarlyBinding.Choice choice : EarlyBinding.Choice.values()) {
            policies.add(new EarlyBinding(choice, dispatchers));
        }
        System.out.printf(
                "%s: %d intents, %d workers, %d dispatchers%n%n",
                work.name(), work.wishes().size(), work.hosts().size(), dispatchers);
        System.out.printf("  %-20s %12s %12s %10s %10s%n", "policy", "mean wait", "p99 wait", "x ideal", "x p99");
        Map<String, Waits> all = new LinkedHashMap<>();
        for (Policy policy : policies) {
            Waits waits = policy.run(work).from(work.warmUp());
            all.put(policy.name(), waits);
            print(policy.name(), waits, all.values().iterator().next());
        }
        if (plot != null) {
            Files.writeString(plot, Plot.of("Share of intents that waited longer, " + work.name(), all));
            System.err.println("drawn: " + plot);
        }
        return 0;
    }

    private Workload workload() throws IOException {
        if (trace == null) {
            return Workloads.of(shape, load, intents, seed);
        }
        try {
            return RecordedTrace.read(String.valueOf(trace.getFileName()), Files.readAllLines(trace), workers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), trace + ": " + e.getMessage(), e);
        }
    }

    private static void print(String name, Waits waits, Waits ideal) {
        System.out.printf(
                Locale.ROOT,
                "  %-20s %9.1f ms %9.1f ms %10.2f %10.2f%n",
                name,
                waits.meanMillis(),
                waits.percentileMillis(99),
                waits.meanMillis() / ideal.meanMillis(),
                waits.percentileMillis(99) / ideal.percentileMillis(99));
    }
}
