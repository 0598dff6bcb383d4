// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An intent without its terminal message, and how far its answer is.
 *
 * <p>Pieces are told in their order, each once: a repeated one is dropped, a missing one asked for by a new connection.
 * What was told belongs to one attempt at one worker; when another begins, a {@code restart} is told first, even if the
 * gateway did not say it.
 */
final class OpenWork {

    /** After so many gaps nothing more of the pieces is told: the result is whole. */
    static final int MAX_GAPS = 3;

    private final ClientMessage.Work work;
    private @Nullable WorkerId worker;
    private int attempt;
    private int next;
    private int gaps;
    private boolean stopping;
    private int sentAway;

    OpenWork(ClientMessage.Work work) {
        this.work = work;
    }

    /** What to do with a message. */
    enum Verdict {
        TELL,
        /** It was told before, or is not to be told. */
        DROP,
        /** What was told is void; then tell it. */
        VOID_AND_TELL,
        /** Pieces in between are missing: ask for them. */
        GAP,
        /** They are missing for the last time: what was told is void, and the result will say it all. */
        GIVE_UP_PIECES
    }

    ClientMessage.Work work() {
        return work;
    }

    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    int attempt() {
        return attempt;
    }

    /** True if nothing of it has begun, so that it can as well be placed by another gateway; counts how often. */
    boolean goesElsewhere(int most) {
        return worker == null && next == 0 && ++sentAway < most;
    }

    /** For the next hello; nothing if no worker is known to have it. */
    Optional<ClientMessage.Seen> seen() {
        return worker == null ? Optional.empty() : Optional.of(new ClientMessage.Seen(next - 1, worker, attempt));
    }

    Verdict accepted(ServerMessage.Accepted message) {
        boolean another = attempt != message.attempt() || !message.workerId().equals(worker);
        worker = message.workerId();
        attempt = message.attempt();
        if (another && next > 0) {
            next = 0;
            return Verdict.VOID_AND_TELL;
        }
        return Verdict.TELL;
    }

    /** The next worker may have accepted before the restart is said; until one has, nobody is known to have it. */
    void restart(ServerMessage.Restart message) {
        if (message.attempt() != attempt) {
            worker = null;
        }
        attempt = message.attempt();
        next = 0;
    }

    /** A piece that is here whole. */
    Verdict piece(int seq) {
        if (gaps > MAX_GAPS || seq < next) {
            return Verdict.DROP;
        }
        if (seq > next) {
            next = ++gaps > MAX_GAPS ? 0 : next;
            return gaps > MAX_GAPS ? Verdict.GIVE_UP_PIECES : Verdict.GAP;
        }
        next++;
        return Verdict.TELL;
    }

    /** What is told when an attempt begins anew without the gateway's word. */
    ServerMessage.Restart restart(String why) {
        return new ServerMessage.Restart(work.guid(), attempt, why);
    }
}
