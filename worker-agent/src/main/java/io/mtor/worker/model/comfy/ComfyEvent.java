// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import io.mtor.common.protocol.Media;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What ComfyUI says of one prompt. */
sealed interface ComfyEvent {

    /** It works on it. */
    record Alive() implements ComfyEvent {}

    record Progress(int done, int of) implements ComfyEvent {}

    /** What it looks like so far. */
    record Preview(Media picture) implements ComfyEvent {}

    /** A node has made these. */
    record Made(List<Picture> pictures) implements ComfyEvent {}

    /** All nodes have done their work. */
    record Finished() implements ComfyEvent {}

    /** Somebody at the host has stopped it. */
    record Interrupted() implements ComfyEvent {}

    /** @param message for people; never the user's text */
    record Failed(String message) implements ComfyEvent {}

    /** Where a picture lies. */
    record Picture(String file, String folder, String type) {

        /** False if it was only shown, and is thrown away when ComfyUI starts again. */
        boolean isSaved() {
            return type.equals("output");
        }

        /** Where it is fetched from. */
        String path() {
            return "/view?filename=" + encoded(file) + "&subfolder=" + encoded(folder) + "&type=" + encoded(type);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
