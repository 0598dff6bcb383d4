// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import java.util.List;

/** Reads the body of one answer; it says {@code Done} or {@code Broken} once, as the last it says. */
public interface Decoder {

    /** The next bytes, wherever the network has cut them. */
    List<Answer> feed(byte[] chunk);

    /** The body has ended. */
    List<Answer> end();
}
