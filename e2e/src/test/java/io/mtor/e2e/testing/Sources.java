// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the sources of all modules are. */
public final class Sources {

    private Sources() {}

    /** The folder with the licence, at or above the one the tests run in. */
    public static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("LICENSE")))
                .findFirst()
                .orElseThrow();
    }
}
