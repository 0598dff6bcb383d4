// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.gateway.hosts.HostEntry.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostBookFileTest {

    private static final HostEntry REVOKED = new HostEntry(Instant.EPOCH, Verb.REVOKED, "uaq4y7uyx26o", "sold");
    private static final HostEntry APPROVED = new HostEntry(Instant.EPOCH, Verb.APPROVED, "uaq4y7uyx26o", "");

    @TempDir
    private Path folder;

    @Test
    void shouldBeMadeWithItsFirstLine() throws IOException {
        var file = new HostBookFile(folder.resolve("new").resolve("hosts"));
        assertThat(file.read()).isEmpty();

        file.append(List.of(REVOKED));
        file.append(List.of(REVOKED, APPROVED));

        assertThat(file.read()).containsExactly(REVOKED.line(), APPROVED.line());
        assertThat(Files.readAllLines(file.path()).get(0)).startsWith("# ");
    }

    @Test
    void shouldLeaveWhatPeopleWroteAsItIs() throws IOException {
        Path path = folder.resolve("hosts");
        byte[] before = "# mine\n\n  nonsense  \n\u00e4 without an end".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(path, before);
        var file = new HostBookFile(path);

        file.append(List.of(REVOKED));

        assertThat(Files.readAllBytes(path)).startsWith(before);
        assertThat(file.read()).hasSize(3).startsWith("nonsense").endsWith(REVOKED.line());
    }

    @Test
    void shouldNameTheFileThatCannotBeUsed() {
        var file = new HostBookFile(folder);
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> file.append(List.of(REVOKED)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
    }
}
