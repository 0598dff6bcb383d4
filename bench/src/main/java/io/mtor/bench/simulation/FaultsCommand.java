// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ProtocolJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtor simulate faults}: worlds full of trouble, in which every law must hold. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the real cores in worlds of virtual time, in which messages are lost, processes die, networks part and"
                    + " clients come and go, and checks that every law of delivery holds.",
            "The exit code is 1 if a law was broken; the smallest world that breaks it is then told."
        })
final class FaultsCommand implements Callable<Integer> {

    private static final double NANOS_PER_SECOND = 1e9;

    @Option(names = "--intents", defaultValue = "100000", description = "All in all; ${DEFAULT-VALUE} by default.")
    private long intents;

    @Option(names = "--per-world", defaultValue = "1500", description = "In one world; ${DEFAULT-VALUE} by default.")
    private int perWorld;

    @Option(names = "--seed", description = "Of the first world, the next ones follow; by default another each time.")
    private @Nullable Long seed;

    @Option(names = "--out", description = "Also write the figures as JSON to this file.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        long first = seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE);
        long worlds = Math.max(1, intents / perWorld);
        System.err.printf("%d worlds with %d intents each, from --seed %d ...%n", worlds, perWorld, first);
        long began = System.nanoTime();
        var campaign = new Campaign(first, perWorld, done -> progress(done, worlds));
        Outcome outcome = campaign.run(worlds);
        double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
        print(outcome, worlds, seconds, System.out);
        write(outcome, worlds, first, campaign.broken().size());
        if (campaign.broken().isEmpty()) {
            return 0;
        }
        System.out.println("Broken: " + campaign.broken().size() + " worlds, with the seeds " + campaign.broken());
        new Story(campaign.broken().getFirst(), perWorld).tell(System.out);
        return 1;
    }

    private static void progress(long done, long worlds) {
        if (done * 20 / worlds != (done - 1) * 20 / worlds) {
            System.err.printf("  %d %%%n", done * 100 / worlds);
        }
    }

    static void print(Outcome outcome, long worlds, double seconds, PrintStream to) {
        to.printf(
                Locale.ROOT,
                "%,d intents in %,d worlds (%,.1f virtual hours, %,d events) in %.0f s%n",
                outcome.intents(),
                worlds,
                outcome.virtualMillis() / 3.6e6,
                outcome.events(),
                seconds);
        to.printf(
                Locale.ROOT,
                "  results %,d, errors %s%n  executions per intent %.4f, ends ahead of their pieces %,d%n",
                outcome.results(),
                outcome.errors(),
                (double) outcome.runs() / Math.max(1, outcome.intents()),
                outcome.shortened());
        to.printf(Locale.ROOT, "  %,d faults struck:%n", outcome.faults());
        outcome.fired().forEach((kind, count) -> to.printf(Locale.ROOT, "    %-13s %,12d%n", kind, count));
        to.println("  digest " + Long.toHexString(outcome.digest()));
        to.println("  laws broken: "
                + (outcome.violations().isEmpty()
                        ? "none"
                        : outcome.violations().getFirst()));
    }

    private void write(Outcome outcome, long worlds, long first, int broken) throws IOException {
        if (out == null) {
            return;
        }
        ObjectNode json = ProtocolJson.MAPPER
                .createObjectNode()
                .put("seed", first)
                .put("worlds", worlds)
                .put("intents_per_world", perWorld)
                .put("intents", outcome.intents())
                .put("results", outcome.results())
                .put("executions", outcome.runs())
                .put("faults", outcome.faults())
                .put("virtual_hours", outcome.virtualMillis() / 3.6e6)
                .put("broken_worlds", broken)
                .put("digest", Long.toHexString(outcome.digest()));
        ObjectNode errors = json.putObject("errors");
        outcome.errors().forEach((code, count) -> errors.put(code.code(), count));
        ObjectNode fired = json.putObject("fired");
        outcome.fired().forEach((kind, count) -> fired.put(kind.name(), count));
        Files.writeString(out, json.toPrettyString() + "\n");
        System.err.println("written: " + out);
    }
}
