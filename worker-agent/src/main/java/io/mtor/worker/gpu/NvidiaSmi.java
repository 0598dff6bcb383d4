// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.nio.file.Path;
import java.util.List;

/**
 * NVIDIA's GPUs by {@code nvidia-smi}: two children that write every second for as long as this process lives, rather than
 * one that is started for each look.
 */
public final class NvidiaSmi implements GpuSource {

    private final SmiLines told;

    private final List<Child> children;

    /**
     * Starts the children.
     *
     * @param program the file of nvidia-smi
     * @param modelServers how the names of programs begin that are no others
     */
    public NvidiaSmi(Path program, List<String> modelServers) {
        var lines = new SmiLines(modelServers);
        String smi = program.toString();
        told = lines;
        children = List.of(
                Child.start(
                        List.of(smi, "--query-gpu=" + SmiLines.QUERY, "--format=csv,noheader,nounits", "-l", "1"),
                        line -> lines.figures(line, System.nanoTime())),
                Child.start(
                        List.of(smi, "pmon", "-s", "m", "-d", "1"), line -> lines.programs(line, System.nanoTime())));
    }

    @Override
    public List<GpuSample> sample() {
        return told.samples(System.nanoTime());
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }
}
