// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.bench.chaos.history.Judgement;
import io.mtor.bench.chaos.history.Tally;
import io.mtor.common.protocol.ProtocolJson;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Outcomes as a table for people, each as soon as it is there, and as JSON for programs. */
final class ChaosReport {

    private static final int MOST_SHOWN = 5;

    private final PrintStream out;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Double> loads = new ArrayList<>();

    ChaosReport(PrintStream out) {
        this.out = out;
    }

    void add(Outcome outcome) {
        if (outcomes.isEmpty()) {
            out.printf(
                    "%-38s %8s %5s %6s %6s %7s %10s %7s %10s%n",
                    "scenario", "intents", "lost", "twice", "mixed", "errors", "recovered", "losses", "executions");
        }
        outcomes.add(outcome);
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Tally tally = outcome.tally();
        out.printf(
                Locale.ROOT,
                "%-38s %,8d %5d %6d %6d %7d %10d %7d %10.4f%n",
                outcome.scenario(),
                tally.intents(),
                tally.lost(),
                tally.twice(),
                tally.mixed(),
                tally.failed(),
                tally.recovered(),
                outcome.losses(),
                outcome.executions());
        outcome.fired().forEach((fault, count) -> out.println("    " + count + " x " + fault));
        outcome.missing().forEach(fault -> out.println("    NOT DONE: " + fault));
        outcome.leaks().forEach(part -> out.println("    WORDS OF A USER in the log of " + part));
        outcome.figures().forEach(figure -> out.println("    " + figure));
        tally.examples().forEach((code, example) -> {
            out.println("    " + tally.errors().get(code) + " ended in " + code.code() + ", the first of them:");
            trace(example);
        });
        tally.bad().stream().limit(MOST_SHOWN).forEach(bad -> {
            out.println("    BROKEN: " + bad.guid() + " " + bad.breaches());
            trace(bad);
        });
        out.flush();
    }

    private void trace(Judgement each) {
        each.trace().forEach(line -> out.println("        " + line));
    }

    /** Says under which conditions all this was seen. */
    void end(long seed) {
        out.println();
        out.println("lost: never ended; twice: ended or shown twice; mixed: pieces of another run, missing or void;"
                + " recovered: ended in spite of a lost connection or another attempt; losses: connections lost;"
                + " executions: for each intent that a worker ended.");
        out.println(conditions() + ", seed " + seed + ".");
    }

    private String conditions() {
        return String.format(
                Locale.ROOT,
                "%s, %s, Java %s, %d processors, load average %.1f..%.1f after the scenarios, commit %s",
                LocalDate.now(ZoneOffset.UTC),
                System.getProperty("os.name"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                loads.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                loads.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                commit());
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? "unknown" : said;
        } catch (IOException e) {
            return "unknown";
        }
    }

    boolean isGood() {
        return outcomes.stream().allMatch(Outcome::isGood);
    }

    ObjectNode toJson() {
        ObjectNode json = ProtocolJson.MAPPER.createObjectNode().put("conditions", conditions());
        ArrayNode array = json.putArray("outcomes");
        outcomes.forEach(outcome -> array.add(toJson(outcome)));
        return json;
    }

    private static ObjectNode toJson(Outcome outcome) {
        Tally tally = outcome.tally();
        ObjectNode json = ProtocolJson.MAPPER
                .createObjectNode()
                .put("scenario", outcome.scenario())
                .put("intents", tally.intents())
                .put("lost", tally.lost())
                .put("twice", tally.twice())
                .put("mixed", tally.mixed())
                .put("recovered", tally.recovered())
                .put("losses", outcome.losses())
                .put("executions", outcome.executions());
        outcome.fired().forEach(json.putObject("fired")::put);
        outcome.missing().forEach(json.putArray("missing")::add);
        outcome.leaks().forEach(json.putArray("leaks")::add);
        ObjectNode errors = json.putObject("errors");
        tally.errors().forEach((code, count) -> errors.put(code.code(), count));
        ArrayNode figures = json.putArray("figures");
        for (Figure figure : outcome.figures()) {
            figures.addObject()
                    .put("what", figure.what())
                    .put("unit", figure.unit())
                    .put("target", figure.target())
                    .put("count", figure.count())
                    .put("median", figure.median())
                    .put("p99", figure.p99())
                    .put("max", figure.max());
        }
        ArrayNode broken = json.putArray("broken");
        tally.bad().stream().map(Judgement::toString).forEach(broken::add);
        return json;
    }
}
