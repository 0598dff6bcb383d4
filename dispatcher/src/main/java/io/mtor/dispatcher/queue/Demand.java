// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import org.jspecify.annotations.Nullable;

/**
 * What an intent asks of a worker.
 *
 * @param model null means any
 */
public record Demand(QueryType queryType, @Nullable String model) {

    public static Demand of(Intent intent) {
        return new Demand(intent.queryType(), intent.model());
    }
}
