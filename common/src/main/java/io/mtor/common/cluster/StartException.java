// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.vertx.core.Future;
import java.net.BindException;

/** A process could not start; the message is one sentence for the person who started it, and names the culprit. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same listening, except that its failure names the host and the port that somebody else has. */
    public static <T> Future<T> naming(String host, int port, Future<T> listening) {
        return listening.recover(failure -> Future.failedFuture(
                failure instanceof BindException
                        ? new StartException(
                                "cannot listen on " + host + ":" + port + ": " + failure.getMessage() + ".", failure)
                        : failure));
    }
}
