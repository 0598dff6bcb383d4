// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.Serving;
import io.mtor.worker.testing.Intents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** A core with a clock in the hand, which writes down every effect. */
final class Rig {

    static final WorkerId WORKER = new WorkerId("w1");

    static final long TICK = 100;

    final WorkerCore core;

    final List<Effect> effects = new ArrayList<>();

    long now = 1_000;

    Rig(int slots) {
        this(slots, WorkerLimits.DEFAULT);
    }

    Rig(int slots, WorkerLimits limits) {
        core = new WorkerCore(WORKER, serving(slots, "m1"), limits, now);
    }

    static Serving serving(int slots, String model) {
        return new Serving(List.of(new Offer(QueryType.CHAT, List.of(model))), slots, false);
    }

    /** Something happens, in a turn of its own. */
    Rig turn(LongFunction<List<Effect>> event) {
        effects.addAll(event.apply(now));
        effects.addAll(core.flush(now));
        return this;
    }

    /** Time goes by, tick by tick, while the gateway keeps saying that it is there. */
    Rig pass(long millis) {
        return pass(millis, true);
    }

    Rig pass(long millis, boolean gatewayThere) {
        long end = now + millis;
        while (now < end) {
            now = Math.min(end, now + TICK);
            if (gatewayThere) {
                core.hear(new Announcement.GatewayAnnouncement(Intents.GATEWAY, "n1", 0), now);
            }
            turn(core::tick);
        }
        return this;
    }

    /** The run of the newest start. */
    long run() {
        return all(Effect.Start.class).getLast().run();
    }

    <E extends Effect> List<E> all(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<GatewayBound> atGateway() {
        return all(Effect.ToGateway.class).stream()
                .map(Effect.ToGateway::message)
                .toList();
    }

    <M extends GatewayBound> List<M> atGateway(Class<M> kind) {
        return atGateway().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<DispatcherBound> atDispatcher() {
        return all(Effect.ToDispatcher.class).stream()
                .map(Effect.ToDispatcher::message)
                .toList();
    }

    List<GatewayBound> terminals() {
        return atGateway().stream()
                .filter(each -> each instanceof GatewayBound.Completed || each instanceof GatewayBound.Failed)
                .toList();
    }

    GatewayBound.Cause failure() {
        return atGateway(GatewayBound.Failed.class).getLast().cause();
    }
}
