// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.Operating;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.FairQueue;
import io.mtor.dispatcher.queue.Standings;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which worker, and who waits? The whole decision, driven by messages and time; what it wants sent goes to its {@link
 * Outbox}.
 *
 * <h2>An intent's way</h2>
 *
 * <pre>
 *   Place ──► a free worker? ── yes ──► assigned ── worker reports it ──► forgotten
 *                  │ no                 │      ▲
 *                  ▼                    │ refused, lost, or not accepted in time
 *             may it wait? ─ yes ─► waiting ◄──┘ (keeps its turn)
 *                  │ no               │ deadline
 *                  ▼                  ▼
 *               Rejected           Rejected
 * </pre>
 *
 * <p>An intent is held until its worker has reported that it took it, and then forgotten: the session at the gateway
 * answers for it. So at any time each intent that was placed is waiting here, is assigned and watched here, has been
 * rejected, or is known to a worker and its gateway.
 *
 * <h2>Rules</h2>
 *
 * <ul>
 *   <li><b>Who waits, waits here.</b> A worker gets as many intents as it has free slots ({@link Worker} says how they
 *       are counted). A slot that becomes free goes to the next in line over all that its worker serves ({@link
 *       FairQueue} says who that is). So no eligible slot is free while an intent waits.
 *   <li><b>The worker has the last word.</b> A refused intent goes back where its turn was, or to another worker. Two
 *       matchmakers that use the same workers are safe for that reason, if not quite fair: the first claim wins.
 *   <li><b>Silence is a sign.</b> A worker that does not accept in time is suspected: it gets nothing until it is heard
 *       of again, and the intent goes elsewhere with the same attempt, since nobody has begun it as far as is known. If
 *       both have, the gateway believes the first and stops the other.
 *   <li><b>A suspect runs alone</b>, see {@link Solitude}.
 *   <li><b>Failures close a worker</b>, see {@link io.mtor.dispatcher.select.Breaker}.
 *   <li><b>The demo yields</b> to any live real worker that serves the same, even a busy one.
 *   <li><b>Excluded workers</b> are passed over as long as there are others, see {@link Fleet}.
 *   <li><b>Anything may come twice, late or never.</b> A repeated place is answered and changes nothing, a higher
 *       attempt replaces a lower one, a place from another gateway replaces that of the first. What is not known is
 *       ignored.
 * </ul>
 *
 * <p>Not thread-safe. Every method takes the time as nanoseconds of one monotonic clock.
 */
public final class Matchmaker {

    private static final int PREVIEW_BUDGET = 4_000;

    private final Notices notices;
    private final Clockwork clockwork;
    private final FairQueue queue = new FairQueue();
    private final Standings standings = new Standings(queue, PREVIEW_BUDGET);
    private final Gateways gateways = new Gateways();
    private final Counters counters = new Counters();
    private final Fleet fleet;
    private final Admission admission;
    private final Placement placement;
    private final Handovers handovers;
    private final Solitude solitude;
    private long arrivals;

    /** An empty one. */
    public Matchmaker(MatchRules rules, Outbox outbox, long now) {
        this.notices = new Notices(outbox, counters);
        this.fleet = new Fleet(rules.caution());
        this.clockwork = new Clockwork(rules.patience(), now);
        this.placement = new Placement(fleet, queue, notices);
        this.handovers = new Handovers(fleet);
        this.solitude = new Solitude(fleet, placement);
        this.admission = new Admission(rules, queue, standings, fleet, now);
    }

    /** Takes any message on the dispatcher's own address. */
    public void receive(DispatcherBound message, long now) {
        switch (message) {
            case Place place -> place(place, now);
            case DispatcherBound.Withdraw withdraw -> withdraw(withdraw, now);
            case WorkerReport report -> report(report, now);
            case Refused refused -> refused(refused, now);
        }
    }

    private void place(Place place, long now) {
        counters.placed++;
        handovers.asked(place, now);
        Ticket ticket = new Ticket(place, now, arrivals++);
        Ticket known = placement.find(ticket.key());
        if (known != null) {
            if (known.place().gateway().equals(place.gateway())
                    && place.attempt() <= known.place().attempt()) {
                if (known.isWaiting() && place.attempt() == known.place().attempt()) {
                    notices.waiting(known, queue.census().total(), now);
                }
                return;
            }
            placement.forget(known, now);
            ticket.inherit(known);
        }
        WorkerId taker = known == null ? handovers.takerOf(place, now) : null;
        if (taker != null) {
            notices.assign(ticket, taker, now);
            return;
        }
        if (placement.assignIfPossible(ticket, now)) {
            return;
        }
        Rejected refusal = admission.refusal(ticket, now);
        if (refusal != null) {
            placement.reject(ticket, refusal);
        } else {
            placement.letWait(ticket, now);
            counters.parked++;
            solitude.look(ticket, now);
        }
    }

    private void withdraw(DispatcherBound.Withdraw withdraw, long now) {
        Ticket ticket = placement.find(withdraw.key());
        if (ticket != null && withdraw.isMeantFor(ticket.place().gateway())) {
            counters.withdrawn++;
            placement.forget(ticket, now);
        }
    }

    private void report(WorkerReport report, long now) {
        Worker worker = fleet.get(report.worker());
        for (IntentKey key : report.accepted()) {
            acknowledged(worker, report.worker(), key, now);
        }
        for (Ended ended : report.ended()) {
            acknowledged(worker, report.worker(), ended.key(), now);
            handovers.ended(ended.key(), report.worker());
            if (worker != null) {
                fleet.learn(worker, ended, now);
            }
        }
        if (worker != null) {
            boolean answered = !report.accepted().isEmpty() || !report.ended().isEmpty();
            worker.reported(report.load(), answered, now);
            placement.settle(worker, now);
        }
    }

    /** The worker has it: it is no longer ours, unless it has become another attempt or gone elsewhere. */
    private void acknowledged(@Nullable Worker worker, WorkerId id, IntentKey key, long now) {
        if (worker != null) {
            worker.unclaim(key);
        }
        Ticket ticket = placement.find(key);
        if (ticket != null && (ticket.isAssignedTo(id) || (ticket.isWaiting() && ticket.wasSentTo(id)))) {
            counters.accepted++;
            handovers.note(ticket, id, now);
            placement.handedOver(ticket, now);
        }
    }

    private void refused(Refused refused, long now) {
        counters.refused++;
        Worker worker = fleet.get(refused.worker());
        Ticket ticket = placement.assigned(refused.key(), refused.worker());
        boolean outdated = ticket != null && ticket.place().attempt() != refused.attempt();
        if (worker != null) {
            if (!outdated) {
                worker.unclaim(refused.key());
            }
            if (refused.reason() == Reason.OUTDATED) {
                worker.reported(refused.load(), true, now);
            } else {
                worker.refused(refused.load(), now);
            }
            if (ticket != null && !outdated && refused.reason() == Reason.NO_FREE_SLOT) {
                solitude.refused(ticket, worker);
            }
        }
        if (ticket != null && !outdated) {
            placeRefused(ticket, refused, now);
        }
        if (worker != null) {
            placement.settle(worker, now);
        }
    }

    private void placeRefused(Ticket ticket, Refused refused, long now) {
        switch (refused.reason()) {
            case NO_FREE_SLOT -> placement.placeAgain(ticket, now);
            case DRAINING, NOT_SERVED, PAUSED -> {
                ticket.exclude(refused.worker());
                placement.placeAgain(ticket, now);
            }
            case OUTDATED -> placement.handedOver(ticket, now);
        }
    }

    /** Takes any message that is published to all. */
    public void receive(Announcement message, long now) {
        switch (message) {
            case WorkerAnnouncement worker -> announced(worker, now);
            case WorkerLeft worker -> left(worker, now);
            case Verdict verdict -> judged(verdict, now);
            case Announcement.GatewayAnnouncement gateway -> gateways.announced(gateway);
            case Announcement.GatewayLeft gateway -> gatewayLeft(gateway.gateway(), now);
            case Announcement.DispatcherAnnouncement d -> {}
            case Announcement.DispatcherLeft d -> {}
            case Announcement.MonitorAnnouncement m -> {}
            case Announcement.MonitorLeft m -> {}
            case Announcement.Rollcall r -> {}
        }
    }

    /** A worker has said that it is there; in another incarnation it has lost all that it was doing. */
    private void announced(WorkerAnnouncement said, long now) {
        Worker before = fleet.get(said.worker());
        if (before != null && before.incarnation() != said.incarnation()) {
            lost(before, now);
        }
        admission.heard(now);
        Worker worker = fleet.announced(said, now);
        if (worker != null) {
            placement.settle(worker, now);
        }
    }

    /** A worker has said that it leaves; a leave-taking of an earlier life is ignored. */
    private void left(WorkerLeft said, long now) {
        Worker worker = fleet.get(said.worker());
        if (worker != null && worker.incarnation() == said.incarnation()) {
            lost(worker, now);
        }
    }

    /** A cluster node is gone, and all that was on it. */
    public void nodeLeft(String node, long now) {
        for (GatewayId gateway : gateways.on(node)) {
            gatewayLeft(gateway, now);
        }
        for (Worker worker : fleet.on(node)) {
            lost(worker, now);
        }
    }

    /** A gateway is gone: nobody is there to hear of its waiting intents, except of those that go on without one. */
    private void gatewayLeft(GatewayId gateway, long now) {
        gateways.forget(gateway);
        for (Ticket ticket : placement.all()) {
            if (ticket.place().gateway().equals(gateway)
                    && ticket.isWaiting()
                    && !ticket.place().intent().detach()) {
                placement.forget(ticket, now);
            }
        }
    }

    /** A health monitor has judged a worker. */
    private void judged(Verdict verdict, long now) {
        Worker worker = fleet.get(verdict.worker());
        if (worker == null) {
            return;
        }
        worker.judged(verdict.health(), now);
        if (verdict.health() == Health.DOWN) {
            placement.placeElsewhere(worker, worker.unclaimAll(), now);
        }
        placement.settle(worker, now);
    }

    private void lost(Worker worker, long now) {
        fleet.remove(worker, now);
        placement.placeElsewhere(worker, worker.unclaimAll(), now);
        placement.rematch(now);
    }

    /** Lets time pass; to be called about ten times a second. */
    public void tick(long now) {
        clockwork.tick(now);
        fleet.countOpen();
        for (Worker silent : handovers.silent(now)) {
            silent.gaveNoSign(now);
            fleet.refresh(silent, now);
        }
        for (Worker worker : List.copyOf(fleet.workers())) {
            look(worker, now);
        }
        fleet.forget(now);
        solitude.tick(now);
        if (clockwork.isRefreshDue(queue.changes(), now)) {
            standings.refresh(fleet);
        }
        boolean welcomeEnds = admission.endsWelcome(now);
        for (Ticket ticket : placement.all()) {
            look(ticket, welcomeEnds, now);
        }
    }

    private void look(Worker worker, long now) {
        if (clockwork.isSilent(worker.heard(), now)) {
            lost(worker, now);
            return;
        }
        List<IntentKey> unanswered = worker.unclaimWhile(since -> clockwork.isUnanswered(since, now));
        boolean outdated = worker.health() != Health.HEALTHY && clockwork.isOutdated(worker.judged(), now);
        if (outdated) {
            worker.judged(Health.HEALTHY, now);
        }
        boolean trusted = halfOpens(worker, now) || worker.breaker().ease(now);
        boolean changed = trusted || outdated || !unanswered.isEmpty();
        if (unanswered.stream().anyMatch(key -> placement.assigned(key, worker.id()) != null)) {
            counters.unanswered++;
            worker.suspect(now);
            placement.placeElsewhere(worker, unanswered, now);
        }
        if (changed) {
            placement.settle(worker, now);
        }
    }

    private boolean halfOpens(Worker worker, long now) {
        if (!worker.breaker().isOpen()) {
            return false;
        }
        if (fleet.isOnlyServer(worker)) {
            worker.breaker().pardon();
        }
        return worker.breaker().halfOpen(now, fleet.isInPanic(worker));
    }

    private void look(Ticket ticket, boolean welcomeEnds, long now) {
        if (!ticket.isWaiting()) {
            return;
        }
        Rejected refusal = admission.refusalInLine(ticket, welcomeEnds, now);
        if (refusal != null) {
            queue.remove(ticket, now);
            placement.reject(ticket, refusal);
        } else {
            solitude.look(ticket, now);
            if (ticket.isWaiting() && clockwork.isWorthTelling(ticket, now)) {
                notices.waiting(ticket, queue.census().total(), now);
            }
        }
    }

    /** The line by query type, for operators; counted each time. */
    public List<Operating.Line> lines(long now) {
        return Lines.of(placement.all(), counters, now);
    }

    /** How many intents are here. */
    public int open() {
        return placement.size();
    }

    /** What it has done and what it holds. */
    public DispatcherStats stats() {
        return counters.stats(queue.census().byType(), placement.size(), fleet);
    }
}
