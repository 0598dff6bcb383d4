// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for nvidia-smi. */
class NvidiaSmiIT {

    @TempDir
    private Path folder = Path.of("");

    /** Writes down that it was started, then behaves like this where it is asked for figures. */
    private Path smi(String figures) throws IOException {
        Path script = folder.resolve("nvidia-smi");
        Files.writeString(script, """
                #!/bin/sh
                echo "$$ $*" >> '%s'
                case "$1" in
                  pmon) echo '# gpu pid type fb ccpm command'; echo '0 7 G 256 0 doom'; exec sleep 600 ;;
                esac
                %s
                """.formatted(started(), figures));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private Path started() {
        return folder.resolve("started");
    }

    private List<String> figuresAsked() throws IOException {
        return Files.exists(started())
                ? Files.readAllLines(started()).stream()
                        .filter(line -> line.contains("--query-gpu"))
                        .toList()
                : List.of();
    }

    private static boolean isAlive(String line) {
        return ProcessHandle.of(Long.parseLong(line.split(" ", 2)[0]))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    @Test
    void shouldReadFromOneChildThatGoesOnAndEndWithIt() throws IOException {
        var smi = new NvidiaSmi(smi("echo '0, Fake, 1024, 512, 7, 41, 28.31'; exec sleep 600"), List.of("ollama"));
        try (smi) {
            Await.until("both children to be heard", () -> smi.sample().stream()
                    .anyMatch(gpu -> gpu.othersBytes() != null && gpu.othersBytes() == 256L << 20));
            assertThat(smi.sample())
                    .containsExactly(new GpuSample("0", "Fake", 1L << 30, 512L << 20, 256L << 20, 7, 41, 28.31));
            assertThat(figuresAsked()).singleElement().satisfies(line -> assertThat(line)
                    .contains(SmiLines.QUERY, "--format=csv,noheader,nounits", "-l 1"));
        }
        String asked = figuresAsked().getFirst();
        Await.until("the child to end", () -> !isAlive(asked));
    }

    @Test
    void shouldStartItAgainWhenItEnds() throws IOException {
        try (var smi = new NvidiaSmi(smi("echo '0, Fake, 1024, 512, 7, 41, 28.31'; exit 9"), List.of())) {
            Await.until("a second child", () -> {
                try {
                    return figuresAsked().size() >= 2;
                } catch (IOException e) {
                    return false;
                }
            });
            assertThat(smi.sample()).hasSize(1);
        }
    }

    @Test
    void shouldBeFineWithoutIt() {
        try (Machine machine = Machine.thisHost(folder.toString(), List.of(), false)) {
            assertThat(machine.gpus()).hasSize(1);
            assertThat(machine.sense(Instant.now()).gpus())
                    .noneMatch(gpu -> gpu.name().contains("NVIDIA"));
        }
    }
}
