// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound.Pong;
import io.mtor.common.bus.Operating;
import io.mtor.common.bus.Operating.Audited;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.audit.AuditConfig;
import io.mtor.gateway.audit.Reputation;
import io.mtor.gateway.audit.Reputation.Standing;
import io.mtor.gateway.audit.Reputations;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * How far a host is believed. None gets more than it has slots, nor is rated by more than its gateway has seen of it
 * ({@link InHand}). Who was drained or caught gets nothing new, and a volunteer on probation few slots. The count of audits is
 * in memory, the same in all gateways that have heard them; that a host was caught is in the book.
 */
final class Restraint {

    private final AuditConfig config;
    private final Reputations reputations;
    private final HostBook book;

    Restraint(AuditConfig config, Reputations reputations, HostBook book) {
        this.config = config;
        this.reputations = reputations;
        this.book = book;
    }

    /** What a host says, as the others may know it. */
    EdgeMessage.FromHost apply(String mark, Trust trust, EdgeMessage.FromHost message, InHand inHand, long now) {
        EdgeMessage.FromHost known = inHand.said(message, now);
        var loads = new Loads(mark, trust == Trust.VOLUNTEER, inHand, now);
        return switch (known) {
            case EdgeMessage.Said(WorkerAnnouncement said) ->
                new EdgeMessage.Said(said.with(loads.of(said.worker(), said.load())));
            case EdgeMessage.ToDispatcher(var to, WorkerReport(var worker, var load, var running, var ended)) ->
                new EdgeMessage.ToDispatcher(
                        to,
                        new WorkerReport(worker, loads.of(worker, load), running, inHand.checked(worker, ended, now)));
            case EdgeMessage.ToDispatcher(var to, Refused(var worker, var load, var key, var attempt, var why)) ->
                new EdgeMessage.ToDispatcher(to, new Refused(worker, loads.of(worker, load), key, attempt, why));
            case EdgeMessage.ToMonitor(var to, Pong(var worker, var nonce, var load)) ->
                new EdgeMessage.ToMonitor(to, new Pong(worker, nonce, loads.of(worker, load)));
            default -> known;
        };
    }

    /** The loads of one host's workers. */
    private final class Loads {

        private final String mark;
        private final boolean audited;
        private final InHand inHand;
        private final long now;

        Loads(String mark, boolean volunteer, InHand inHand, long now) {
            this.mark = mark;
            this.audited = volunteer && config.on();
            this.inHand = inHand;
            this.now = now;
        }

        Load of(WorkerId worker, Load said) {
            boolean probation = audited && reputations.standing(mark) == Standing.PROBATION;
            int slots = probation ? Math.min(said.slots(), config.slots()) : said.slots();
            boolean draining = said.draining() || book.isSetAside(mark);
            return inHand.load(worker, new Load(slots, said.inFlight(), draining), now);
        }
    }

    /**
     * Counts an audit, if the message is one; of a host that was caught no more is counted.
     *
     * @param here the hosts that are connected to this gateway
     * @return the line that says that it was caught, if it was now and this gateway is to write it
     */
    List<HostEntry> count(Operating message, GatewayId self, Collection<String> here, Instant now) {
        if (!config.on() || !(message instanceof Audited audited) || book.isCaught(audited.mark())) {
            return List.of();
        }
        Reputation reputation = reputations.note(audited.mark(), audited.agreed());
        if (reputation.standing() != Standing.CAUGHT) {
            return List.of();
        }
        reputations.forget(audited.mark());
        boolean mine = audited.gateway().equals(self) || here.contains(audited.mark());
        String why = "audits: " + reputation.differed() + " of " + (reputation.differed() + reputation.agreed())
                + " answers differed";
        return mine ? List.of(book.rule(HostEntry.Verb.CAUGHT, audited.mark(), why, now)) : List.of();
    }
}
