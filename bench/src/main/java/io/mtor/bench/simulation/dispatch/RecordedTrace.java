// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A workload that somebody has recorded, as comma-separated values:
 *
 * <pre>
 * at_ms,user,query_type,work_ms
 * 0,ada,chat,3100
 * 42,bob,imagine,8000
 * </pre>
 *
 * <p>The workers stand in words of their own, such as {@code 4x2:chat 2x1:chat,vision@1.8}: four of two slots that serve
 * chat, and two of one slot that serve chat and vision and take 1.8 times as long.
 */
public final class RecordedTrace {

    private static final String HEADER = "at_ms,user,query_type,work_ms";

    private RecordedTrace() {}

    /**
     * Reads both.
     *
     * @throws IllegalArgumentException naming the line or the word that cannot be read
     */
    public static Workload read(String name, List<String> lines, List<String> workers) {
        List<Host> hosts = new ArrayList<>();
        for (String word : workers) {
            hosts.addAll(hosts(word, hosts.size()));
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            throw new IllegalArgumentException("the first line of a trace must be " + HEADER);
        }
        List<Wish> wishes = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                Wish wish = wish(lines.get(i), i + 1);
                if (hosts.stream().noneMatch(host -> host.types().contains(wish.type()))) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": no worker serves " + wish.type());
                }
                wishes.add(wish);
            }
        }
        wishes.sort(Comparator.comparingLong(Wish::atMillis));
        return new Workload(name, hosts, Workloads.numbered(wishes), 0);
    }

    private static Wish wish(String line, int number) {
        String[] fields = line.strip().split(",", -1);
        try {
            if (fields.length == 4) {
                return Workloads.wish(0, notNegative(fields[0]), fields[1], new QueryType(fields[2]), (double)
                        notNegative(fields[3]));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "line " + number + " has " + fields.length + " fields where " + HEADER + " are 4");
    }

    private static long notNegative(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw new IllegalArgumentException(text + " is not a whole number of milliseconds");
        }
        return Long.parseLong(text);
    }

    private static List<Host> hosts(String word, int before) {
        try {
            String[] parts = word.split("[x:@]", -1);
            int count = Integer.parseInt(parts[0]);
            int slots = Integer.parseInt(parts[1]);
            List<QueryType> types = new ArrayList<>();
            for (String type : parts[2].split(",", -1)) {
                types.add(new QueryType(type));
            }
            double slowness = parts.length > 3 ? Double.parseDouble(parts[3]) : 1;
            if (count < 1 || slots < 1 || slowness <= 0 || parts.length > 4) {
                throw new IllegalArgumentException("out of range");
            }
            List<Host> hosts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                hosts.add(new Host("w" + (before + i), slots, types, Trust.OWN, slowness));
            }
            return hosts;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "workers are written like 4x2:chat,vision@1.8 (count x slots : query types @ slowness), not like "
                            + word,
                    e);
        }
    }
}
