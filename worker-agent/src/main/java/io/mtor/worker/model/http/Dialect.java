// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.worker.model.Assigned;

/** How one kind of model server is asked for one kind of work, and how it answers; no I/O. */
public interface Dialect {

    /** The media type that is asked for. */
    String answerType();

    /** Whether a body of this {@code Content-Type} can be the answer; if not, it is none, even with status 200. */
    default boolean canBeAnswer(String contentType) {
        return contentType.startsWith(answerType());
    }

    /**
     * The one request.
     *
     * @throws BadInputException if the intent cannot be put
     */
    Post write(Assigned work) throws BadInputException;

    /** What it means if another status comes than 200. */
    default Answer.Broken refusal(int status, String body) {
        return Refusal.of(status, body);
    }

    /** A new one for each answer. */
    Decoder decoder();
}
