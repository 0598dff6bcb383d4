// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one value in which Linux tells about its devices; what cannot be read is not there. */
final class SmallFiles {

    private SmallFiles() {}

    static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    static @Nullable Long number(Path file) {
        try {
            return Long.valueOf(text(file));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What is in this folder and has such a name, in order; nothing if there is no such folder. */
    static List<Path> in(Path folder, String namePattern) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches(namePattern))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
