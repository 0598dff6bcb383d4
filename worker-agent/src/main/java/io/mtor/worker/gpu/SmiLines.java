// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nvidia-smi} says, line by line: its table of figures, and its list of programs. What cannot be read is not
 * known; no line is an error. Used from several threads.
 */
final class SmiLines {

    /** What to ask for; {@link #figures} reads the answer. */
    static final String QUERY = "index,name,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw";

    private static final int NUMBERS = 5;

    /** Both write every second. */
    private static final long FRESH_NANOS = 10_000_000_000L;

    private static final long MIB = 1L << 20;

    /** Enough for every program on every GPU; a list that grows beyond is begun anew. */
    private static final int MOST_PROGRAMS = 4_096;

    private record Figures(GpuSample sample, long nanos) {}

    private record Program(String gpu, String pid) {}

    private record Held(String command, long bytes, long nanos) {}

    private final List<String> modelServers;

    private final Map<String, Figures> gpus = new TreeMap<>();

    private final Map<Program, Held> programs = new HashMap<>();

    private List<String> columns = List.of();

    /** @param modelServers how the names of programs begin that are no others */
    SmiLines(List<String> modelServers) {
        this.modelServers =
                modelServers.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    /** A line such as {@code 0, NVIDIA GeForce RTX 3090, 24576, 2314, 7, 41, 28.31}. */
    synchronized void figures(String line, long nanos) {
        String[] cells = line.split(",", -1);
        int numbers = cells.length - NUMBERS;
        if (numbers < 2) {
            return;
        }
        String id = cells[0].strip();
        if (!id.matches("\\d{1,4}")) {
            return;
        }
        var name = new ArrayList<String>();
        for (int i = 1; i < numbers; i++) {
            name.add(cells[i].strip());
        }
        Double total = number(cells[numbers]);
        Double used = number(cells[numbers + 1]);
        Double use = number(cells[numbers + 2]);
        Double celsius = number(cells[numbers + 3]);
        gpus.put(
                id,
                new Figures(
                        new GpuSample(
                                id,
                                String.join(", ", name),
                                total == null ? null : (long) (total * MIB),
                                used == null ? null : (long) (used * MIB),
                                null,
                                use == null ? null : use.intValue(),
                                celsius == null ? null : celsius.intValue(),
                                number(cells[numbers + 4])),
                        nanos));
    }

    /**
     * A line of {@code nvidia-smi pmon -s m}: its heading, which names the columns, or a program such as
     * {@code 0 1234 C+G 1024 0 steam}.
     */
    synchronized void programs(String line, long nanos) {
        String[] words = line.replace("#", " # ").strip().split("\\s+");
        if (words[0].equals("#")) {
            if (words.length > 1 && words[1].equalsIgnoreCase("gpu")) {
                columns = List.of(words).subList(1, words.length);
            }
            return;
        }
        int gpu = columns.indexOf("gpu");
        int pid = columns.indexOf("pid");
        int memory = columns.indexOf("fb");
        int command = columns.indexOf("command");
        if (Math.min(Math.min(gpu, pid), Math.min(memory, command)) < 0 || words.length <= command) {
            return;
        }
        Double mib = number(words[memory]);
        if (mib != null) {
            if (programs.size() >= MOST_PROGRAMS) {
                programs.clear();
            }
            programs.put(new Program(words[gpu], words[pid]), new Held(words[command], (long) (mib * MIB), nanos));
        }
    }

    private static @Nullable Double number(String cell) {
        try {
            double value = Double.parseDouble(cell.strip());
            return Double.isFinite(value) && value >= 0 ? value : null;
        } catch (NumberFormatException e) {
            return null; // such as [N/A]
        }
    }

    /** Every GPU that has told something lately. */
    synchronized List<GpuSample> samples(long nanos) {
        gpus.values().removeIf(each -> nanos - each.nanos > FRESH_NANOS);
        programs.values().removeIf(each -> nanos - each.nanos > FRESH_NANOS / 3);
        return gpus.values().stream().map(each -> withOthers(each.sample)).toList();
    }

    private GpuSample withOthers(GpuSample gpu) {
        long held = programs.entrySet().stream()
                .filter(each -> each.getKey().gpu.equals(gpu.id()))
                .filter(each -> !isModelServer(each.getValue().command))
                .mapToLong(each -> each.getValue().bytes)
                .sum();
        return new GpuSample(
                gpu.id(),
                gpu.name(),
                gpu.totalBytes(),
                gpu.usedBytes(),
                columns.isEmpty() ? null : held,
                gpu.usePercent(),
                gpu.celsius(),
                gpu.watts());
    }

    private boolean isModelServer(String command) {
        String program = command.substring(command.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return modelServers.stream().anyMatch(program::startsWith);
    }
}
