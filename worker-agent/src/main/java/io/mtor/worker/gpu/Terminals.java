// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long nobody has typed at a terminal, as {@code w} knows it: Linux keeps when each was last read from.
 *
 * @param root {@code /dev}
 */
public record Terminals(Path root) implements Presence {

    /** Those of this machine. */
    public static Terminals ofThisHost() {
        return new Terminals(Path.of("/dev"));
    }

    /** Null if there is no terminal. */
    @Override
    public @Nullable Duration idle(Instant now) {
        return Stream.concat(
                        SmallFiles.in(root.resolve("pts"), "\\d+").stream(), SmallFiles.in(root, "tty\\d+").stream())
                .flatMap(each -> Stream.ofNullable(readAt(each)))
                .max(Comparator.naturalOrder())
                .map(last -> last.isAfter(now) ? Duration.ZERO : Duration.between(last, now))
                .orElse(null);
    }

    private static @Nullable Instant readAt(Path terminal) {
        try {
            return Files.readAttributes(terminal, BasicFileAttributes.class)
                    .lastAccessTime()
                    .toInstant();
        } catch (IOException e) {
            return null;
        }
    }
}
