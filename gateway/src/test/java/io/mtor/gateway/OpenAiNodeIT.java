// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtor.gateway.testing.RunningGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAI's own client for Node, where it is installed: {@code npm install} in {@code src/test/openai}. */
@Timeout(60)
class OpenAiNodeIT {

    private static final Path CHECK = Path.of("src/test/openai");

    @Test
    void shouldUnderstandWhatTheGatewaySays() throws Exception {
        assumeTrue(Files.isDirectory(CHECK.resolve("node_modules/openai")), "npm install has not been run there");
        try (var gateway = new RunningGateway()) {
            Process node = new ProcessBuilder(
                            "node", "check.mjs", gateway.uri("").toString())
                    .directory(CHECK.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(node.waitFor()).as(said).isZero();
            assertThat(said).contains("all is well");
        }
    }
}
