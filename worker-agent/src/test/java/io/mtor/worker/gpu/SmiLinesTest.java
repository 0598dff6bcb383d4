// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmiLinesTest {

    private static final long GIB = 1L << 30;

    private static final long SECOND = 1_000_000_000L;

    private static final String HEADING = "# gpu         pid   type     fb   ccpm    command ";

    private final SmiLines lines = new SmiLines(List.of("ollama", "python"));

    @Test
    void shouldReadTheFiguresOfEachGpu() {
        lines.figures("0, NVIDIA GeForce RTX 3090, 24576, 2048, 7, 41, 28.31", 0);
        lines.figures("1, NVIDIA H100 80GB HBM3, 81920, 1024, 100, 66, 612.00", 0);

        assertThat(lines.samples(1))
                .containsExactly(
                        new GpuSample("0", "NVIDIA GeForce RTX 3090", 24 * GIB, 2 * GIB, null, 7, 41, 28.31),
                        new GpuSample("1", "NVIDIA H100 80GB HBM3", 80 * GIB, GIB, null, 100, 66, 612.0));
    }

    @Test
    void shouldNotKnowWhatItIsNotTold() {
        lines.figures("0, Quadro, [N/A], [Unknown Error], [Not Supported], nan, -1", 0);

        assertThat(lines.samples(1)).containsExactly(new GpuSample("0", "Quadro", null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "No devices were found",
                "Unable to determine the device handle for GPU",
                "NVIDIA-SMI has failed because it couldn't communicate, with, the, NVIDIA, driver., Make, sure"
            })
    void shouldPassOverWhatIsNoTable(String line) {
        lines.figures(line, 0);
        lines.programs(line, 0);

        assertThat(lines.samples(1)).isEmpty();
    }

    @Test
    void shouldForgetAGpuThatFallsSilent() {
        lines.figures("0, A, 1, 1, 1, 1, 1", 0);

        assertThat(lines.samples(10 * SECOND)).hasSize(1);
        assertThat(lines.samples(11 * SECOND)).isEmpty();
    }

    @Test
    void shouldCountTheMemoryOfProgramsThatAreNoModelServers() {
        lines.figures("0, A, 24576, 9000, 0, 40, 30", 0);
        lines.programs(HEADING, 0);
        lines.programs("# Idx           #    C/G     MB     MB    name ", 0);
        lines.programs("    0       1001      C    6000      0    ollama_llama_se", 0);
        lines.programs("    0       1002      C    1000      0    python3.11     ", 0);
        lines.programs("    0       1003    C+G     512      0    /usr/games/doom", 0);
        lines.programs("    1       1004      G    4096      0    Xorg           ", 0);
        lines.programs("    0          -      -       -      -    -              ", 0);

        assertThat(lines.samples(1).getFirst().othersBytes()).isEqualTo(512L << 20);
        assertThat(lines.samples(4 * SECOND).getFirst().othersBytes()).isZero();
    }

    @Test
    void shouldFindItsColumnsByTheirHeading() {
        lines.figures("0, A, 24576, 9000, 0, 40, 30", 0);
        lines.programs("#gpu  pid  type  sm  fb  command", 0);
        lines.programs("0  7  G  5  100  doom", 0);

        assertThat(lines.samples(1).getFirst().othersBytes()).isEqualTo(100L << 20);
    }
}
