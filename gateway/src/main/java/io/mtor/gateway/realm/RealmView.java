// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.ServerMessage.WorkerState;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.operate.Sight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The realm as its announcements tell it. Soft state: a second after a start it is whole.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds).
 */
public final class RealmView {

    /** An announcement is believed for this long; they come every second. */
    private static final long TTL_MILLIS = 5_000;

    private final Map<WorkerId, Heard> verdicts = new HashMap<>();
    private final Roster<WorkerId, WorkerAnnouncement> workers = new Roster<>(TTL_MILLIS);
    private final Roster<DispatcherId, Announcement.DispatcherAnnouncement> dispatchers = new Roster<>(TTL_MILLIS);
    private final Roster<GatewayId, Announcement.GatewayAnnouncement> gateways = new Roster<>(TTL_MILLIS);
    private final Roster<MonitorId, Announcement.MonitorAnnouncement> monitors = new Roster<>(TTL_MILLIS);

    /** A verdict may come before its worker; one that is not repeated is not kept. */
    private record Heard(Announcement.Verdict verdict, long at) {}

    private final MatchmakerChoice choice = new MatchmakerChoice();
    private long revision;
    private boolean changed = true;

    /** Notes what was announced and says who is gone by it. */
    public List<Departure> hear(Announcement announcement, long now) {
        return switch (announcement) {
            case WorkerAnnouncement worker -> workerSeen(worker, now);
            case Announcement.WorkerLeft left -> gone(workers.left(left.worker()), left.worker(), "it has left");
            case Announcement.DispatcherAnnouncement dispatcher -> dispatcherSeen(dispatcher, now);
            case Announcement.DispatcherLeft left ->
                dispatchers.left(left.dispatcher()) ? dispatchersGone(List.of(left.dispatcher())) : List.of();
            case Announcement.GatewayAnnouncement gateway -> {
                note(gateways.seen(gateway.gateway(), gateway, gateway.node(), now) == null);
                yield List.of();
            }
            case Announcement.GatewayLeft left -> {
                note(gateways.left(left.gateway()));
                yield List.of(new Departure.Gateway(left.gateway()));
            }
            case Announcement.MonitorAnnouncement monitor -> {
                note(monitors.seen(monitor.monitor(), monitor, monitor.node(), now) == null);
                yield List.of();
            }
            case Announcement.MonitorLeft left -> {
                note(monitors.left(left.monitor()));
                yield List.of(new Departure.Monitor(left.monitor()));
            }
            case Announcement.Verdict verdict -> verdictHeard(verdict, now);
            case Announcement.Rollcall rollcall -> List.of();
        };
    }

    private List<Departure> workerSeen(WorkerAnnouncement worker, long now) {
        WorkerAnnouncement before = workers.seen(worker.worker(), worker, worker.node(), now);
        changed |= !worker.equals(before);
        if (before != null && before.incarnation() != worker.incarnation()) {
            verdicts.remove(worker.worker());
            return List.of(new Departure.Worker(worker.worker(), "the worker began anew"));
        }
        return List.of();
    }

    private List<Departure> dispatcherSeen(Announcement.DispatcherAnnouncement dispatcher, long now) {
        Optional<DispatcherId> chosenBefore = matchmaker();
        var before = dispatchers.seen(dispatcher.dispatcher(), dispatcher, dispatcher.node(), now);
        note(before == null);
        changed |= !dispatcher.equals(before);
        return superseded(chosenBefore);
    }

    private List<Departure> superseded(Optional<DispatcherId> before) {
        return before.filter(id -> !matchmaker().equals(before))
                .map(id -> List.<Departure>of(new Departure.Superseded(id)))
                .orElse(List.of());
    }

    /**
     * Asks another dispatcher for a while if the one that is asked answers nothing; to be called about every 100 ms.
     *
     * @param unansweredMillis how long nothing of what was placed has been answered; 0 if nothing is to be
     */
    public List<Departure> judgeMatchmaker(long unansweredMillis, long now) {
        Optional<DispatcherId> chosenBefore = matchmaker();
        choice.judge(dispatchers.ids(), unansweredMillis, now);
        return superseded(chosenBefore);
    }

    private List<Departure> verdictHeard(Announcement.Verdict verdict, long now) {
        Heard before = verdicts.put(verdict.worker(), new Heard(verdict, now));
        boolean same = before != null && before.verdict.health() == verdict.health();
        changed |= !same;
        if (verdict.health() == Health.HEALTHY) {
            verdicts.remove(verdict.worker());
        }
        boolean down = verdict.health() == Health.DOWN && !same;
        return down ? List.of(new Departure.Worker(verdict.worker(), verdict.reason())) : List.of();
    }

    /** A cluster node is gone, and everything on it. */
    public List<Departure> nodeLeft(String node) {
        List<Departure> departures = new ArrayList<>();
        workers.nodeLeft(node).forEach(id -> departures.addAll(gone(true, id, "its process is gone")));
        departures.addAll(dispatchersGone(dispatchers.nodeLeft(node)));
        gateways.nodeLeft(node).forEach(id -> departures.add(new Departure.Gateway(id)));
        monitors.nodeLeft(node).forEach(id -> departures.add(new Departure.Monitor(id)));
        changed = true;
        return departures;
    }

    /** Time has passed: who has not announced itself is gone. */
    public List<Departure> tick(long now) {
        List<Departure> departures = new ArrayList<>();
        workers.expired(now).forEach(id -> departures.addAll(gone(true, id, "nothing was heard of it")));
        departures.addAll(dispatchersGone(dispatchers.expired(now)));
        gateways.expired(now).forEach(id -> departures.add(new Departure.Gateway(id)));
        monitors.expired(now).forEach(id -> departures.add(new Departure.Monitor(id)));
        boolean outdated = verdicts.values().removeIf(heard -> now - heard.at > TTL_MILLIS);
        changed |= outdated || !departures.isEmpty();
        return departures;
    }

    private List<Departure> gone(boolean wasThere, WorkerId worker, String why) {
        verdicts.remove(worker);
        note(wasThere);
        return wasThere ? List.of(new Departure.Worker(worker, why)) : List.of();
    }

    private List<Departure> dispatchersGone(List<DispatcherId> ids) {
        note(!ids.isEmpty());
        return ids.stream().<Departure>map(Departure.Dispatcher::new).toList();
    }

    /** Notes a change of who is there. */
    private void note(boolean isChange) {
        if (isChange) {
            changed = true;
            choice.choose(dispatchers.ids());
        }
    }

    /** The dispatcher that places intents now. */
    public Optional<DispatcherId> matchmaker() {
        return choice.chosen();
    }

    public List<DispatcherId> dispatchers() {
        return List.copyOf(dispatchers.ids());
    }

    /** How an operator sees a worker; null if it is not there. */
    public @Nullable Sight sight(WorkerId worker) {
        return workers.sighting(worker, (said, seenAt) -> new Sight(said.load().draining(), seenAt));
    }

    public boolean hasDispatcher() {
        return dispatchers.size() > 0;
    }

    /** True if another gateway than this one is there. */
    public boolean hasGatewayBeside(GatewayId self) {
        return gateways.ids().stream().anyMatch(id -> !id.equals(self));
    }

    /** What a worker says of itself; null if it is not there. */
    public @Nullable WorkerAnnouncement worker(WorkerId worker) {
        return workers.sighting(worker, (said, seenAt) -> said);
    }

    /** What the workers that are there say of themselves. */
    public List<WorkerAnnouncement> workers() {
        return workers.announcements();
    }

    /** What is served now, in order. */
    public List<QueryType> queryTypes() {
        var types = new TreeSet<QueryType>();
        workers.announcements().forEach(worker -> worker.serves().forEach(offer -> types.add(offer.queryType())));
        return List.copyOf(types);
    }

    /** The models that are served for a query type, in order. */
    public List<String> models(QueryType type) {
        var models = new TreeSet<String>();
        for (WorkerAnnouncement worker : workers.announcements()) {
            for (Offer offer : worker.serves()) {
                if (offer.queryType().equals(type)) {
                    models.addAll(offer.models());
                }
            }
        }
        return List.copyOf(models);
    }

    /** True once for each change since the last call. */
    public boolean takeChange() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The state for people who watch; the revision rises with every call. */
    public ServerMessage.Realm snapshot() {
        revision++;
        int waiting = dispatchers.announcements().stream()
                .mapToInt(Announcement.DispatcherAnnouncement::waiting)
                .sum();
        List<WorkerState> states = workers.announcements().stream()
                .map(this::state)
                .sorted(Comparator.comparing(WorkerState::name).thenComparing(WorkerState::workerId))
                .toList();
        return new ServerMessage.Realm(revision, states, gateways.size(), dispatchers.size(), monitors.size(), waiting);
    }

    private WorkerState state(WorkerAnnouncement worker) {
        Heard heard = verdicts.get(worker.worker());
        Announcement.Verdict verdict = heard == null ? null : heard.verdict;
        return new WorkerState(
                worker.worker(),
                worker.name(),
                health(worker, verdict),
                verdict == null ? null : verdict.reason(),
                worker.serves(),
                worker.load().slots(),
                worker.load().inFlight(),
                worker.synthetic(),
                worker.speeds());
    }

    private static ServerMessage.Health health(WorkerAnnouncement worker, Announcement.@Nullable Verdict verdict) {
        if (worker.load().draining()) {
            return ServerMessage.Health.DRAINING;
        }
        if (verdict == null) {
            return ServerMessage.Health.HEALTHY;
        }
        return switch (verdict.health()) {
            case HEALTHY -> ServerMessage.Health.HEALTHY;
            case DEGRADED -> ServerMessage.Health.DEGRADED;
            case DOWN -> ServerMessage.Health.DOWN;
        };
    }
}
