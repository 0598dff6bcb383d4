// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.realm.cluster.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtor chaos}: does real faults to a real cluster, and judges by what the clients saw. */
@Command(
        name = "mtor chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Start a cluster on this machine, kill, stop and cut off its processes under load, and judge by what the"
                    + " clients saw.",
            "Exit code 1 if an intent was lost, shown twice or mixed, or a fault was not done."
        },
        footer = {
            "",
            "Scenarios: mixed, worker-killed, worker-frozen-3s, worker-frozen-12s, one-of-two-killed,"
                    + " one-of-two-frozen, gateway-killed, dispatcher-killed, dispatcher-frozen, overload, rolling-restart,"
                    + " partitions (needs root, iproute2 and nftables)."
        })
public final class ChaosMain implements Callable<Integer> {

    private static final Map<String, Scenario> SCENARIOS = scenarios();

    @Option(names = "--only", split = ",", description = "Only these scenarios; all by default.")
    private List<String> only = List.copyOf(SCENARIOS.keySet());

    @Option(
            names = "--kills",
            defaultValue = "3",
            description = "Kills of each role, and strikes of each scenario; ${DEFAULT-VALUE} by default.")
    private int kills = 3;

    @Option(
            names = "--intents",
            defaultValue = "1000",
            description = "Intents at least, with mixed faults; ${DEFAULT-VALUE} by default.")
    private int intents = 1_000;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Length of the scenarios with a steady load; ${DEFAULT-VALUE} by default.")
    private int seconds = 30;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides order and victims; ${DEFAULT-VALUE} by default.")
    private long seed = 1;

    @Option(names = "--out", description = "Also write the outcomes as JSON to this file.")
    private @Nullable Path out;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosMain()).execute(args));
    }

    private static Map<String, Scenario> scenarios() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("one-of-two-killed", new OneOfTwoWorkers(true));
        all.put("one-of-two-frozen", new OneOfTwoWorkers(false));
        all.put("worker-killed", Workers.killed());
        all.put("worker-frozen-3s", Workers.frozen(3));
        all.put("worker-frozen-12s", Workers.frozen(12));
        all.put("gateway-killed", new GatewayKilled());
        all.put("dispatcher-killed", new DispatcherKilled());
        all.put("dispatcher-frozen", new DispatcherFrozen());
        all.put("overload", new Overload());
        all.put("rolling-restart", new RollingRestart());
        all.put("mixed", new MixedFaults());
        all.put("partitions", new Partitions());
        return all;
    }

    /** True if this machine can play it: partitions need network namespaces. */
    public static boolean isPossible(String scenario) {
        return !scenario.equals("partitions") || Partitions.isPossible();
    }

    /** Plays one scenario by its name. */
    public static Outcome play(String scenario, Effort effort) {
        Scenario known = SCENARIOS.get(scenario);
        if (known == null) {
            throw new IllegalArgumentException(
                    "there is no scenario " + scenario + ", only " + String.join(", ", SCENARIOS.keySet()));
        }
        return known.play(effort);
    }

    @Override
    public Integer call() throws IOException {
        var report = new ChaosReport(System.out);
        var effort = new Effort(Site.here(), kills, intents, Duration.ofSeconds(seconds), seed);
        for (String scenario : only) {
            if (!isPossible(scenario)) {
                System.err.println(
                        "SKIPPED: " + scenario + ", which needs root, ip and nft (packages iproute2 and nftables)");
                continue;
            }
            System.err.println("playing: " + scenario + " ...");
            report.add(play(scenario, effort));
        }
        report.end(seed);
        if (out != null) {
            Files.writeString(out, report.toJson().toPrettyString() + "\n");
            System.err.println("written: " + out);
        }
        return report.isGood() ? 0 : 1;
    }
}
