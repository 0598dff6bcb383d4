// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.common.protocol.Media;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the media of an answer to files; never over one that is there, unless it was named. */
final class MediaFiles {

    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", "png", "image/jpeg", "jpg", "image/webp", "webp", "audio/wav", "wav", "audio/mpeg", "mp3");

    private final @Nullable Path out;
    private int written;

    MediaFiles(@Nullable Path out) {
        this.out = out;
    }

    Path write(Media media) {
        Path path = out != null && written == 0 ? out : free(ENDINGS.getOrDefault(media.mediaType(), "bin"));
        try {
            Files.write(path, Objects.requireNonNull(media.data()).array());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
        written++;
        return path;
    }

    private static Path free(String ending) {
        int number = 1;
        Path path;
        do {
            path = Path.of("mtor-" + number++ + "." + ending);
        } while (Files.exists(path));
        return path;
    }
}
