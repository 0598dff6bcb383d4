// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import java.util.List;

/** The way from a session into the realm. Nothing here is sure to arrive, and everything may be said twice. */
public interface RealmPort {

    /**
     * Asks the matchmaker that is active now for a worker.
     *
     * @param ageMillis how long ago the user sent it
     * @param alone true if the worker must have nothing else meanwhile
     * @return false if no dispatcher is known
     */
    boolean place(Intent intent, int attempt, List<WorkerId> excluded, long ttlMillis, long ageMillis, boolean alone);

    /** Tells this dispatcher to forget the intent if it waits there. */
    void withdraw(DispatcherId from, IntentKey key);

    /** Tells every dispatcher to forget the intent if it waits there. */
    void withdraw(IntentKey key);

    /** Asks a worker to send what follows {@code afterSeq}. */
    void resume(WorkerId worker, IntentKey key, int afterSeq);

    /** Asks a worker whether it still has the intent. */
    void probe(WorkerId worker, IntentKey key);

    /** Tells a worker that the pieces up to {@code seq} are with the client. */
    void credit(WorkerId worker, IntentKey key, int attempt, int seq);

    /** Tells a worker to stop this attempt and any before it, unless it answers another gateway by now. */
    void cancel(WorkerId worker, IntentKey key, int attempt);

    /** Tells a worker to stop every attempt, whichever gateway it answers. */
    void cancelEverywhere(WorkerId worker, IntentKey key);
}
