// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtor.e2e.testing.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker-agent for hosts without Java. */
class PackageE2E {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final Path SCRIPT = Sources.root().resolve("worker-agent/tools/package");

    @TempDir
    private Path folder;

    private record Ended(int code, String said) {}

    private static Ended run(boolean withJava, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        if (withJava) {
            builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void runsWithoutAnyJava() throws Exception {
        boolean packs = Files.isExecutable(JAVA_HOME.resolve("bin/jpackage"));
        assertThat(packs || !"true".equals(System.getenv("CI"))).isTrue();
        assumeTrue(packs, "this Java has no jpackage");

        Ended made = run(true, List.of(SCRIPT.toString(), "app-image", folder.toString()));
        assertThat(made.code()).as(made.said()).isZero();
        Ended explained = run(
                false,
                List.of(
                        folder.resolve("mtor-worker-agent/bin/mtor-worker-agent")
                                .toString(),
                        "explain",
                        "--agent.discovery.on",
                        "false"));

        assertThat(explained.code()).as(explained.said()).isZero();
        assertThat(explained.said()).contains("offered  demo").doesNotContain("WARNING");
    }

    @Test
    void saysWhatItDoesNotKnowAndWhatItMisses() throws Exception {
        Ended kind = run(true, List.of(SCRIPT.toString(), "rpm", folder.toString()));
        Ended bare = run(false, List.of(SCRIPT.toString(), "app-image", folder.toString()));

        assertThat(kind.code()).isEqualTo(2);
        assertThat(kind.said()).contains("'rpm'", "app-image or deb");
        assertThat(bare.code()).isEqualTo(1);
        assertThat(bare.said()).contains("jpackage", "JAVA_HOME");
    }
}
