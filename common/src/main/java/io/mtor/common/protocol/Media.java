// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A picture or a sound, either whole ({@code data}) or as the number of the binary stream that carries it.
 *
 * @param mediaType such as {@code image/png}
 * @param stream 1 to 255
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Media(
        String mediaType, @Nullable Bytes data, @Nullable Integer stream) {

    /** @throws IllegalArgumentException unless exactly one of data and stream is given, and the type has the form a/b */
    public Media {
        if ((data == null) == (stream == null)) {
            throw new IllegalArgumentException("data or stream must be given, not both");
        }
        if (stream != null && (stream < 1 || stream > 255)) {
            throw new IllegalArgumentException("stream must be 1 to 255");
        }
        if (!isType(mediaType)) {
            throw new IllegalArgumentException("media_type must look like image/png");
        }
    }

    /** True for what looks like {@code image/png}. */
    public static boolean isType(String text) {
        return text.length() <= 100 && text.indexOf('/') >= 1;
    }

    public static Media whole(String mediaType, Bytes data) {
        return new Media(mediaType, data, null);
    }

    public static Media streamed(String mediaType, int stream) {
        return new Media(mediaType, null, stream);
    }
}
