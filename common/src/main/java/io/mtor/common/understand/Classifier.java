// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import io.mtor.common.protocol.QueryType;

public final class Classifier {
    private Classifier() {}

    public static Understood understand(String text, boolean hasPicture, boolean hasAudio) {
        return new Understood(hasPicture ? QueryType.VISION : QueryType.CHAT, 0.5, "");
    }
}
