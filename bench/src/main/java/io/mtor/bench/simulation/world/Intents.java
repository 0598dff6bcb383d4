// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.UserId;
import java.util.List;
import java.util.UUID;

/** Makes intents of wishes. */
public final class Intents {

    private Intents() {}

    /** The guid that a wish has in the world of this seed. */
    public static IntentId guid(long seed, Wish wish) {
        long high = Chance.mix(seed ^ Chance.mix(wish.number()));
        return new IntentId(new UUID(high, Chance.mix(high + wish.number())).toString());
    }

    static Intent of(long seed, Wish wish, UserId user) {
        return new Intent(
                new IntentKey(user, guid(seed, wish)),
                wish.type(),
                "wish " + wish.number(),
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                wish.manner().privacy(),
                wish.manner().detach(),
                null);
    }
}
