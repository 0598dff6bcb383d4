// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

/** The intent cannot be put to this model server, nor to another like it; the message is for the user. */
public final class BadInputException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadInputException(String message) {
        super(message);
    }
}
