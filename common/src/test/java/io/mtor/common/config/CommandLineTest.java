// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandLine commandLine = new CommandLine(
            "mtor-example",
            ExampleConfig.ALIASES,
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void shouldGoOnWithAGoodConfiguration() {
        assertThat(commandLine.read(ExampleConfig.class, List.of("--port=5")))
                .isInstanceOfSatisfying(CommandLine.Next.Start.class, start -> assertThat(start.config())
                        .isInstanceOfSatisfying(
                                ExampleConfig.class,
                                config -> assertThat(config.server().port()).isEqualTo(5)));
        assertThat(out.size() + err.size()).isZero();
    }

    @Test
    void shouldExplainEveryKey() {
        // When
        var next = commandLine.read(ExampleConfig.class, List.of("--help"));

        // Then
        assertThat(next).isEqualTo(new CommandLine.Next.Exit<>(0));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--server.port, --port", "Port to listen on (a whole number, 0 to 65535)")
                .contains("default 8080; MTOR_SERVER_PORT, MTOR_PORT", "--tls.certificate", "must be given");
    }

    @Test
    void shouldShowTheEffectiveConfigurationAndStop() {
        assertThat(commandLine.read(ExampleConfig.class, List.of("--show-config", "--server.token", "sesame")))
                .isEqualTo(new CommandLine.Next.Exit<>(0));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("server.port = 8080")
                .doesNotContain("sesame");
    }

    @Test
    void shouldSayWhatIsWrongAndStop() {
        assertThat(commandLine.read(ExampleConfig.class, List.of("--prot=5", "--limits.patience=soon")))
                .isEqualTo(new CommandLine.Next.Exit<>(1));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                mtor-example cannot start; 2 errors in its configuration:
                  --prot (flag): unknown flag; did you mean --port?
                  limits.patience (flag --limits.patience): must be a duration such as 250ms, 5s, 2m, 1h or 1d, 10ms to 1h, not "soon"
                See mtor-example --help.
                """);
    }

    @Test
    void shouldWriteTheReferenceFromTheRecords() {
        assertThat(Reference.markdown(ExampleConfig.class, ExampleConfig.ALIASES))
                .contains("| `server.port` | Port to listen on | a whole number, 0 to 65535 | default 8080 |"
                        + " `--server.port`, `--port`, `MTOR_SERVER_PORT`, `MTOR_PORT` |")
                .contains("| `command[].program` | Program to run | text | must be given | file only |");
        assertThat(Reference.variables(ExampleConfig.class, ExampleConfig.ALIASES))
                .contains("MTOR_PORT", "MTOR_SERVER_BIND_HOST")
                .noneMatch(name -> name.contains("COMMAND"));
    }
}
