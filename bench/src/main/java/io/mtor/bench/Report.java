// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ProtocolJson;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, with its conditions. */
public final class Report {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();

    /** Adds one value of a figure; {@code name} is {@code group/figure}. */
    public void add(String name, String unit, double value) {
        values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
        units.put(name, unit);
        loads.add(loadAverage());
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    public List<Series> series() {
        return values.entrySet().stream()
                .map(e -> new Series(e.getKey(), units.getOrDefault(e.getKey(), ""), e.getValue()))
                .toList();
    }

    private Optional<Series> find(String name) {
        return series().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The ratio of two medians, as text; a dash where one was not measured. */
    private String ratio(Series series) {
        int slash = series.name().indexOf('/');
        String group = series.name().substring(0, slash);
        if (!group.startsWith("MTOR")) {
            return "";
        }
        return find(group.replace("MTOR", "bare") + series.name().substring(slash))
                .map(bare -> String.format(Locale.ROOT, "%.2f x bare", series.median() / bare.median()))
                .orElse("");
    }

    public void print(PrintStream out) {
        String group = "";
        for (Series series : series()) {
            int slash = series.name().indexOf('/');
            if (!series.name().substring(0, slash).equals(group)) {
                group = series.name().substring(0, slash);
                out.println();
                out.println(group);
            }
            out.printf(
                    Locale.ROOT,
                    "  %-44s %12s %-10s (%s..%s, %d)  %s%n",
                    series.name().substring(slash + 1),
                    figure(series.median()),
                    series.unit(),
                    figure(series.min()),
                    figure(series.max()),
                    series.values().size(),
                    ratio(series));
        }
        out.println();
        out.println("Medians (min..max, rounds). " + conditions());
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }

    private String conditions() {
        return String.format(
                Locale.ROOT,
                "%s, Java %s, %d processors, load average %.1f..%.1f while measuring.",
                System.getProperty("os.name"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                loads.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                loads.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    public ObjectNode toJson() {
        ObjectNode json = ProtocolJson.MAPPER.createObjectNode().put("conditions", conditions());
        ArrayNode array = json.putArray("series");
        for (Series series : series()) {
            ObjectNode each = array.addObject()
                    .put("name", series.name())
                    .put("unit", series.unit())
                    .put("median", series.median());
            ArrayNode raw = each.putArray("values");
            series.values().forEach(raw::add);
        }
        return json;
    }
}
