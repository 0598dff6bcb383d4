// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A world is the same in another process: nothing in it hangs on where an object lies in memory. */
class ReplayIT {

    private static final List<String> WORLD = List.of("replay", "--seed", "7", "--per-world", "800");

    @Test
    void shouldReplayBitForBitInAnotherProcess() throws Exception {
        String here = "digest "
                + Long.toHexString(new Episode(Plan.draw(7, 800), false).run().digest());

        assertThat(run("-XX:+UseSerialGC", "-XX:hashCode=0")).contains(here);
        assertThat(run("-XX:+UseParallelGC", "-XX:hashCode=2")).contains(here);
    }

    /** With objects whose hash codes are not those of this process. */
    private static String run(String... flags) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SimulateMain.class.getName()));
        command.addAll(WORLD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
