// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.testing.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd judges it. */
class SystemdUnitIT {

    private static final double MOST_EXPOSED = 2.5;

    @TempDir
    private Path folder = Path.of("");

    private record Said(int code, String text) {}

    private static Said analyze(String... args) throws IOException, InterruptedException {
        Installed.need("systemd-analyze");
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private Path unit(List<String> flags) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var unit = new SystemdUnit(java, Path.of("/opt/mtor/agent.jar"), Path.of("/etc/mtor/worker.toml"), flags);
        Path file = folder.resolve(SystemdUnit.NAME);
        Files.writeString(file, unit.text());
        return file;
    }

    @Test
    void shouldBeAUnitThatSystemdUnderstands() throws Exception {
        Path unit = unit(List.of("--join", "wss://realm.example", "--agent.worker.name", "50 % $HOME \"attic\""));

        Said said = analyze("verify", unit.toString());

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).doesNotContain(SystemdUnit.NAME);
    }

    @Test
    void shouldNoticeAUnitThatItDoesNotUnderstand() throws Exception {
        Path unit = unit(List.of());
        Files.writeString(unit, Files.readString(unit).replace("PrivateTmp", "PrivateTemp"));

        assertThat(analyze("verify", unit.toString()).text()).contains("PrivateTemp");
    }

    @Test
    void shouldExposeLittle() throws Exception {
        Said said = analyze("security", "--offline=true", unit(List.of()).toString());

        Matcher level =
                Pattern.compile("exposure level for \\S+: (\\d+\\.\\d+)").matcher(said.text());
        assertThat(level.find()).as(said.text()).isTrue();
        assertThat(Double.parseDouble(level.group(1))).isLessThanOrEqualTo(MOST_EXPOSED);
    }

    @Test
    void shouldKeepEachFlagOneWord() {
        String text = new SystemdUnit(
                        Path.of("/usr/bin/java"), Path.of("/opt/a b.jar"), null, List.of("--x", "50 % \"$HOME\" \\"))
                .text();

        assertThat(text)
                .contains("-jar \"/opt/a b.jar\" --x \"50 %% \\\"$$HOME\\\" \\\\\"\n")
                .doesNotContain("LoadCredential");
    }
}
