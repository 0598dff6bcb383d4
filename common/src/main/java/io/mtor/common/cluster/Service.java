// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.mtor.common.config.Aliases;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * What {@link ServiceMain} must know of a service to start and stop it.
 *
 * @param <C> its configuration
 */
public interface Service<C extends Record> {

    /** The name of the program, for people. */
    String name();

    /** The record of its configuration. */
    Class<C> type();

    /** Its short flags and variables. */
    Aliases aliases();

    /** The part of its configuration that says whom it joins. */
    ClusterConfig cluster(C config);

    /** How long its verticles may take to finish what is open when it is told to stop. */
    Duration drainLimit(C config);

    /** Builds its collaborators and deploys its verticles; whose {@code stop()} drains. */
    Future<?> start(C config, Node node);

    /** Drains what must go in an order of its own. What is deployed after that leaves all at once. */
    default Future<?> stop(Node node) {
        return Future.succeededFuture();
    }
}
