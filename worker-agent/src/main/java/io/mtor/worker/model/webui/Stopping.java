// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Sees to it that a cancelled task ends. The server can only stop what it works on, whose ever that is, and closing the
 * connection does not stop it: so this waits for the turn of the task, and stops it then. A server that does not know its
 * tasks, such as SD.Next, or a version of before 2024, is left alone: it would stop somebody else's.
 */
final class Stopping {

    private static final long LOOK_MILLIS = 250;

    /** A task may be unknown for a while: its checkpoint is loaded first. */
    private static final int MAX_UNKNOWN = 20;

    private final Vertx vertx;

    private final WebUiServer server;

    private final String taskId;

    private final Promise<Void> end = Promise.promise();

    private int unknown;

    Stopping(Vertx vertx, WebUiServer server, String taskId) {
        this.vertx = vertx;
        this.server = server;
        this.taskId = taskId;
    }

    /** Completes when it is stopped, or when nobody knows it. */
    Future<Void> begin() {
        look();
        return end.future();
    }

    private void look() {
        server.state(taskId, -1).onComplete(state -> {
            if (state.succeeded() && state.result().active()) {
                server.interrupt().onComplete(done -> end.complete());
            } else if (state.succeeded() && (state.result().queued() || unknown++ < MAX_UNKNOWN)) {
                vertx.setTimer(LOOK_MILLIS, again -> look());
            } else {
                end.complete();
            }
        });
    }
}
