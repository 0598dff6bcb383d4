// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import java.util.List;

/**
 * One query type that a worker serves, and the models it has for it.
 *
 * @param models empty where the query type knows no models, such as a command
 */
public record Offer(QueryType queryType, List<String> models) {

    public Offer {
        models = List.copyOf(models);
    }

    /** True if an intent that asks for {@code model} can be served. */
    public boolean serves(String model) {
        return models.contains(model);
    }
}
