// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.rendezvous;

import io.mtor.common.protocol.DispatcherId;
import java.util.Collection;
import java.util.Optional;

/** Which dispatcher places the intents of a realm: the one that everybody names who sees the same ones. */
public final class Matchmakers {

    /** The one pool of a realm that nobody has divided. */
    private static final String POOL = "realm";

    private Matchmakers() {}

    /** The one among those that are there; empty if none is. */
    public static Optional<DispatcherId> among(Collection<DispatcherId> present) {
        return Rendezvous.owner(POOL, present);
    }
}
