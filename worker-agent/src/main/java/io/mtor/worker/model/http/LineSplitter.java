// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines of UTF-8, wherever the network has cut it before. A line ends with {@code \n},
 * {@code \r\n} or {@code \r}.
 */
final class LineSplitter {

    /** A longer line means that the server has lost its way. */
    static final int MAX_LINE_BYTES = 4 << 20;

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    private boolean afterReturn;

    /**
     * The lines that end in this chunk.
     *
     * @throws IllegalStateException if a line is too long
     */
    List<String> feed(byte[] chunk) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < chunk.length; i++) {
            byte b = chunk[i];
            if (b == '\n' && afterReturn) {
                from = i + 1;
            } else if (b == '\n' || b == '\r') {
                open.write(chunk, from, i - from);
                lines.add(take());
                from = i + 1;
            }
            afterReturn = b == '\r';
        }
        open.write(chunk, from, chunk.length - from);
        if (open.size() > MAX_LINE_BYTES) {
            throw new IllegalStateException("a line has more than " + MAX_LINE_BYTES + " bytes");
        }
        return lines;
    }

    /** What stands behind the last line's end; empty if nothing does. */
    String rest() {
        return take();
    }

    private String take() {
        String line = open.toString(StandardCharsets.UTF_8);
        open.reset();
        return line;
    }
}
