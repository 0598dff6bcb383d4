// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.GatewayBound.Waiting;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.Outbox;
import java.util.ArrayList;
import java.util.List;

/** An outbox that remembers. */
public final class Sent implements Outbox {

    /** One assignment. */
    public record Assigned(WorkerId worker, Place place, long ttlMillis, long queueMillis) {

        public IntentKey key() {
            return place.intent().key();
        }

        @Override
        public String toString() {
            return number(key()) + " -> " + worker;
        }
    }

    public final List<Assigned> assigned = new ArrayList<>();
    public final List<Rejected> rejected = new ArrayList<>();
    public final List<Waiting> waiting = new ArrayList<>();
    public final List<Cancel> cancelled = new ArrayList<>();

    /** Everything in order, as text. */
    public final List<String> lines = new ArrayList<>();

    @Override
    public void assign(WorkerId to, Place place, long ttlMillis, long queueMillis) {
        var what = new Assigned(to, place, ttlMillis, queueMillis);
        assigned.add(what);
        lines.add(what.toString());
    }

    @Override
    public void cancel(WorkerId at, Cancel message) {
        cancelled.add(message);
        lines.add(number(message.key()) + " cancelled at " + at);
    }

    @Override
    public void tell(GatewayId gateway, GatewayBound message) {
        switch (message) {
            case Waiting told -> {
                waiting.add(told);
                String eta = told.etaMillis() == null ? "" : ", " + told.etaMillis() + " ms";
                lines.add(number(told.key()) + " waits at " + told.position() + eta);
            }
            case Rejected told -> {
                rejected.add(told);
                lines.add(number(told.key()) + " rejected: " + told.code().code());
            }
            default -> throw new AssertionError("a matchmaker does not send " + message);
        }
    }

    /** What was sent since the last time, as text. */
    public List<String> take() {
        List<String> all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    /** An intent's number, from its guid. */
    public static long number(IntentKey key) {
        return Long.parseLong(key.guid().value().substring(24), 16);
    }
}
