// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import java.util.List;

/** Reads one answer line by line; it says {@code Done} or {@code Broken} once, as the last it says. */
public interface LineDecoder {

    /** One line, without its end. */
    List<Answer> line(String line);

    /** The body has ended. */
    List<Answer> end();
}
