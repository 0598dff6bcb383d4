// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.DispatcherAnnouncement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.Operating;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.dispatcher.match.DispatcherStats;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Matchmaker;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Matchmaker} between what is heard and what is sent; belongs to one event loop. */
final class Dispatcher {

    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);

    private final Bus bus;
    private final Identity self;
    private final BusOutbox outbox;
    private final long started;
    private final Matchmaker matchmaker;
    private volatile DispatcherStats stats = DispatcherStats.NONE;
    private boolean silent;

    /** Who this is, and the cluster node it runs on. */
    record Identity(DispatcherId id, String node) {}

    Dispatcher(Bus bus, Identity self, MatchRules rules, BusOutbox outbox) {
        this.bus = bus;
        this.self = self;
        this.outbox = outbox;
        this.started = outbox.received();
        this.matchmaker = new Matchmaker(rules, outbox, started);
    }

    DispatcherStats stats() {
        return stats;
    }

    /** From now on nothing is assigned, told or announced. */
    void fallSilent() {
        silent = true;
    }

    void receive(DispatcherBound message) {
        if (silent) {
            return;
        }
        try {
            matchmaker.receive(message, outbox.received());
        } catch (RuntimeException e) {
            apologize(message, e);
        }
    }

    /** Our fault: if someone waits for an answer, it gets one. */
    private void apologize(DispatcherBound message, RuntimeException e) {
        var event = LOGGER.atError().setCause(e);
        if (message instanceof Place place) {
            var key = place.intent().key();
            event = event.addKeyValue("guid", key.guid());
            outbox.tell(
                    place.gateway(),
                    new Rejected(key, place.attempt(), ErrorCode.INTERNAL, "the dispatcher made a mistake", null));
        }
        event.log("dispatcher failed on a message");
    }

    void hear(Announcement message) {
        if (!silent) {
            matchmaker.receive(message, outbox.received());
        }
    }

    void nodeLeft(String node) {
        if (!silent) {
            LOGGER.atInfo().addKeyValue("node", node).log("node left");
            matchmaker.nodeLeft(node, outbox.received());
        }
    }

    void tick() {
        if (!silent) {
            matchmaker.tick(outbox.received());
        }
    }

    /** Tells a gateway how it is doing, if that asks. */
    void receive(Operating message) {
        if (!silent && message instanceof Operating.Ask ask) {
            long now = outbox.received();
            var vitals = Operating.Vitals.of(TimeUnit.NANOSECONDS.toMillis(now - started));
            bus.send(
                    Addresses.operating(ask.gateway()),
                    new Operating.DispatcherPulse(self.id(), vitals, matchmaker.open(), matchmaker.lines(now)));
        }
    }

    /** Says that it is here. */
    void announce() {
        if (!silent) {
            stats = matchmaker.stats();
            int waiting = stats.waiting().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            bus.publish(Addresses.ANNOUNCE, new DispatcherAnnouncement(self.id(), self.node(), waiting));
        }
    }
}
