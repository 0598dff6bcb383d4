// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.QueryType;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the line must know of the workers to say how long it takes. */
public interface Servers {

    /** What they serve; each repertoire once. */
    Collection<Repertoire> repertoires();

    /** False if workers with this repertoire must leave the demand, which is in it, to others. */
    boolean mayServe(Repertoire repertoire, Demand demand);

    /** Slots of all live workers that serve this, busy ones included. */
    int slots(Demand demand);

    /** How long an intent of this type takes on average; null when that is not known. */
    @Nullable
    Double meanMillis(QueryType type);
}
