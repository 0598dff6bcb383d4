// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.discovery.Busy;
import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Prober;
import io.mtor.worker.discovery.Room;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers of discovered model servers, each with as many slots as its server has {@link Room} for. Asks the servers again and again
 * how busy they are, those that tell. Used from the agent's event loop.
 */
final class AttentiveHosting {

    /** A worker and what its server told. */
    private static final class Attended {

        private final Endpoint endpoint;

        private final Kind kind;

        private final Room room;

        private Serving most;

        private int slots;

        private boolean asked;

        Attended(Endpoint endpoint, Kind kind, Serving most) {
            this.endpoint = endpoint;
            this.kind = kind;
            this.room = Room.of(kind);
            this.most = most;
            this.slots = most.slots();
        }

        Serving serving() {
            return new Serving(most.offers(), Math.min(slots, most.slots()), most.synthetic());
        }
    }

    private final Context context;

    private final Prober prober;

    private final Hosting hosting;

    private final Map<String, Attended> attended = new HashMap<>();

    AttentiveHosting(Vertx vertx, Prober prober, Hosting hosting, Duration every) {
        this.context = vertx.getOrCreateContext();
        this.prober = prober;
        this.hosting = hosting;
        vertx.setPeriodic(every.toMillis(), id -> List.copyOf(attended.keySet()).forEach(this::ask));
    }

    boolean has(String name) {
        return hosting.has(name);
    }

    /**
     * Makes it a worker.
     *
     * @param found with as many slots as its server may have at most
     */
    void begin(Found found, Endpoint endpoint, Kind kind, Runnable onSuspect) {
        if (Busy.path(kind).isPresent()) {
            attended.put(found.name(), new Attended(endpoint, kind, found.serving()));
        }
        hosting.begin(found, onSuspect);
    }

    /** Its server serves something else now. */
    void serve(String name, Serving most) {
        Attended known = attended.get(name);
        if (known != null) {
            known.slots = Math.max(0, known.slots + most.slots() - known.most.slots());
            known.most = most;
        }
        hosting.serve(name, known == null ? most : known.serving());
    }

    /** Takes it out: what runs may end within the limit. */
    void end(String name, Duration limit) {
        attended.remove(name);
        hosting.end(name, limit);
    }

    private void ask(String name) {
        Attended known = attended.get(name);
        if (known == null || known.asked) {
            return;
        }
        known.asked = true;
        prober.busy(known.endpoint, known.kind)
                .compose(busy -> hosting.inFlight(name)
                        .onSuccess(ours ->
                                context.runOnContext(go -> give(name, known, busy.orElse(Busy.NOT_AT_ALL), ours))))
                .onComplete(done -> context.runOnContext(go -> known.asked = false));
    }

    private void give(String name, Attended known, Busy busy, int ours) {
        int slots = known.room.after(busy, known.most.slots(), ours);
        if (known.slots != slots && attended.get(name) == known) {
            known.slots = slots;
            hosting.serve(name, known.serving());
        }
    }
}
