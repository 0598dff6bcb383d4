// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import org.jspecify.annotations.Nullable;

/**
 * What an intent asks of a worker.
 *
 * @param model null means any
 * @param privacy who may see it
 */
public record Demand(QueryType queryType, @Nullable String model, Privacy privacy) {

    /** One that everybody may see. */
    public Demand(QueryType queryType, @Nullable String model) {
        this(queryType, model, Privacy.ANY);
    }

    public static Demand of(Intent intent) {
        return new Demand(intent.queryType(), intent.model(), intent.privacy());
    }

    /** The same without the model. */
    public Demand ofAnyModel() {
        return new Demand(queryType, null, privacy);
    }

    /** The same for everybody's eyes. */
    public Demand forAnybody() {
        return new Demand(queryType, model, Privacy.ANY);
    }
}
