// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A worker that turns speech into text as it was recorded: the first clip into the first of its answers, and so on. */
final class Ears {

    private final Path folder;

    Ears(Path folder, String... answers) {
        this.folder = folder;
        try {
            Files.writeString(file("answers"), String.join("\n", answers) + "\n");
            Files.writeString(file("clips"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** What a worker-agent reads of it. */
    String toml() {
        return """
                [[agent.command]]
                name = "ears"
                query_type = "transcribe"
                input = "media"
                argv = ["sh", "-c", "wc -c >> '%s'; head -n 1 '%s'; sed -i 1d '%s'"]
                """.formatted(file("clips"), file("answers"), file("answers"));
    }

    /** How many bytes each clip had that it was given, in order. */
    List<Long> clips() {
        try {
            return Files.readAllLines(file("clips")).stream()
                    .map(String::strip)
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
