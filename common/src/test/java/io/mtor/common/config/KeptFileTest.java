// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldBeMadeOnceForItsOwnerOnlyAndLeaveNothingBeside() throws IOException {
        Path file = folder.resolve("deep/er/secret");

        assertThat(KeptFile.readOrMake(file, () -> "first")).isEqualTo("first");
        assertThat(KeptFile.readOrMake(file, () -> "second")).isEqualTo("first");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void shouldNotReplaceWhatAnotherHasMadeMeanwhile() throws IOException {
        Path file = folder.resolve("secret");

        String read = KeptFile.readOrMake(file, () -> {
            try {
                Files.writeString(file, "theirs\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return "ours";
        });

        assertThat(read).isEqualTo("theirs");
    }

    @Test
    void shouldNameTheFileThatCannotBeKept() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x").resolve("secret");

        assertThatThrownBy(() -> KeptFile.readOrMake(file, () -> "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
