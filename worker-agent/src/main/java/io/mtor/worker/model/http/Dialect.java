// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.worker.model.Assigned;

/** How one kind of model server is asked, and how it answers; no I/O. */
public interface Dialect {

    /** The path of the one request. */
    String path();

    /** The media type that a streamed answer has; anything else is no answer, even with status 200. */
    String answerType();

    /**
     * The body of the request, JSON.
     *
     * @throws BadInputException if the intent cannot be put
     */
    byte[] write(Assigned work) throws BadInputException;

    LineDecoder decoder();
}
