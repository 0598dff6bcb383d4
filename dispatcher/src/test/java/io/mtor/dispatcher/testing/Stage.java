// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.Withdraw;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.DispatcherStats;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Matchmaker;
import io.mtor.dispatcher.testing.Sent.Assigned;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A matchmaker, a clock and some workers that do what the test says, for stories told step by step. A worker's load is
 * kept by its announcements, {@code accepted} and {@code ended}.
 */
public final class Stage {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TICK_MILLIS = 100;

    private final Sent sent = new Sent();
    private final Matchmaker matchmaker;
    private final Map<WorkerId, WorkerAnnouncement> announced = new HashMap<>();
    private final Map<WorkerId, Set<IntentKey>> running = new HashMap<>();
    private final Set<WorkerId> frozen = new HashSet<>();
    private long millis = 10_000;

    public Stage() {
        this(MatchRules.DEFAULT);
    }

    /** The matchmaker has been there for a while, and has heard of workers before. */
    public Stage(MatchRules rules) {
        matchmaker = new Matchmaker(rules, sent, now());
        matchmaker.receive(Workers.worker("past", 1, "past"), now());
        matchmaker.receive(new WorkerLeft(id("past"), 1), now());
        millis += 3_000;
        matchmaker.tick(now());
    }

    public Sent outbox() {
        return sent;
    }

    public Matchmaker matchmaker() {
        return matchmaker;
    }

    /** What was sent since the last call, as text. */
    public List<String> sent() {
        return sent.take();
    }

    public DispatcherStats stats() {
        return matchmaker.stats();
    }

    public long now() {
        return millis * NANOS_PER_MILLI;
    }

    public void place(Intents intent) {
        matchmaker.receive(intent.place(), now());
    }

    public void withdraw(Intents intent) {
        matchmaker.receive(new Withdraw(intent.key(), intent.place().gateway()), now());
    }

    public void hear(Announcement announcement) {
        if (announcement instanceof WorkerAnnouncement worker) {
            announced.put(worker.worker(), worker);
        }
        matchmaker.receive(announcement, now());
    }

    /** The worker reports that it has accepted what it was assigned under this number. */
    public void accepted(String worker, long number) {
        Assigned assigned = assignment(worker, number);
        running(worker).add(assigned.key());
        matchmaker.receive(new WorkerReport(id(worker), load(worker), List.of(assigned.key()), List.of()), now());
    }

    public void ended(String worker, long number) {
        ended(worker, number, Outcome.COMPLETED, 1_000);
    }

    public void ended(String worker, long number, Outcome outcome, long workMillis) {
        Assigned assigned = assignment(worker, number);
        running(worker).remove(assigned.key());
        var ended = new Ended(assigned.key(), assigned.place().intent().queryType(), outcome, workMillis);
        matchmaker.receive(new WorkerReport(id(worker), load(worker), List.of(), List.of(ended)), now());
    }

    /** Accepts it, works, ends it. */
    public void completed(String worker, long number, long workMillis) {
        accepted(worker, number);
        ended(worker, number, Outcome.COMPLETED, workMillis);
    }

    public void refused(String worker, long number, Reason reason, Load load) {
        Assigned assigned = assignment(worker, number);
        matchmaker.receive(
                new Refused(id(worker), load, assigned.key(), assigned.place().attempt(), reason), now());
    }

    public void judged(String worker, Health health) {
        matchmaker.receive(new Verdict(id(worker), new MonitorId("m"), health, "test"), now());
    }

    public void left(String worker) {
        announced.remove(id(worker));
        matchmaker.receive(new WorkerLeft(id(worker), 1), now());
    }

    public void nodeLeft(String node) {
        matchmaker.nodeLeft(node, now());
    }

    /** The worker stops announcing itself. */
    public void freeze(String worker) {
        frozen.add(id(worker));
    }

    /** The worker announces itself, with the load that follows from what it accepted and ended. */
    public void announce(String worker) {
        frozen.remove(id(worker));
        WorkerAnnouncement said = announced.get(id(worker));
        if (said != null) {
            matchmaker.receive(Workers.with(said, load(worker)), now());
        }
    }

    /** Lets time pass: ticks, and announcements of all that are not frozen each second. */
    public void pass(long duration) {
        for (long end = millis + duration; millis < end; ) {
            millis += Math.min(TICK_MILLIS, end - millis);
            if (millis % 1_000 < TICK_MILLIS) {
                announced.keySet().stream()
                        .filter(worker -> !frozen.contains(worker))
                        .forEach(worker -> announce(worker.value()));
            }
            matchmaker.tick(now());
        }
    }

    /** Lets time pass in silence, without a tick. */
    public void stall(long duration) {
        millis += duration;
    }

    private Load load(String worker) {
        WorkerAnnouncement said = announced.get(id(worker));
        Load load = said == null ? new Load(1, 0, false) : said.load();
        return new Load(load.slots(), load.inFlight() + running(worker).size(), load.draining());
    }

    private Set<IntentKey> running(String worker) {
        return running.computeIfAbsent(id(worker), w -> new HashSet<>());
    }

    private Assigned assignment(String worker, long number) {
        return sent.assigned.reversed().stream()
                .filter(each -> each.worker().equals(id(worker)) && Sent.number(each.key()) == number)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(number + " was never assigned to " + worker));
    }

    private static WorkerId id(String worker) {
        return new WorkerId(worker);
    }
}
