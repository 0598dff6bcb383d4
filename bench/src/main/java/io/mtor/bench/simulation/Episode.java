// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.check.IdleWatch;
import io.mtor.bench.simulation.check.Judge;
import io.mtor.bench.simulation.check.Ledger;
import io.mtor.bench.simulation.check.UnansweredWatch;
import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.bench.simulation.world.Agenda;
import io.mtor.bench.simulation.world.Client;
import io.mtor.bench.simulation.world.DispatcherService;
import io.mtor.bench.simulation.world.FaultKind;
import io.mtor.bench.simulation.world.Membership;
import io.mtor.bench.simulation.world.Realm;
import io.mtor.bench.simulation.world.Settings;
import io.mtor.bench.simulation.world.Trace;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.bench.simulation.world.WorkerService;
import io.mtor.bench.simulation.world.World;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets one planned world happen, and judges it: trouble until it heals, then calm, in which all must come right again;
 * then silence, in which all must end; and at last nothing must be left.
 */
public final class Episode {

    /** A worker whose breaker has opened widest is back by then. */
    private static final long SETTLED_MILLIS = 45_000;

    private static final long LOOK_MILLIS = 250;
    private static final Set<FaultKind> IMPAIRING =
            EnumSet.of(FaultKind.MODEL_HANGS, FaultKind.MODEL_FAILS, FaultKind.FAILS_FAST);

    /** So many may wait beside a free slot: they are to run alone, or have failed there and wait for another worker. */
    private static final int FEW_PARTICULAR = 5;

    /** So many may still be refused, or wait for too long, when all is well again, because of what had piled up before. */
    private static final int FEW_CROWDED_OUT = 5;

    /** How much longer than it says work takes on the slowest host that is drawn. */
    private static final double SLOWEST = 1.5;

    private static final long STEP_MILLIS = 5_000;

    /** The longest deadline, and the time that a client may stay away. */
    private static final long LAST_END_MILLIS = 200_000;

    /** Then what is kept for clients who never come is gone too. */
    private static final long SWEPT_MILLIS = 160_000;

    /** Where what is said is heard, a poison intent kills a worker, is suspected, kills another one alone, and is convicted. */
    private static final int MOST_KILLS = 2;

    /** Where acceptances are lost and gateways part, more than one place may not know of each other's suspicion. */
    private static final int MOST_KILLS_UNHEARD = 24;

    /** Even in the worst of worlds. */
    private static final double MOST_RUNS_PER_INTENT = 1.3;

    private static final int MOST_STRAY_RUNS = 40;

    /** A client that comes back after its worker is gone is given the whole text at once. */
    private static final double MOST_SHORTENED = 0.04;

    /** So are all clients of a gateway that stood still for so long that the others took it for gone. */
    private static final double MOST_SHORTENED_BY_STANDSTILL = 0.1;

    private final Plan plan;
    private final Agenda agenda = new Agenda();
    private final Judge judge = new Judge();
    private final Ledger ledger;
    private final Trace trace;
    private final World world;
    private int crowdedOutSoFar;

    /** A world that is about to begin. */
    public Episode(Plan plan, boolean traced) {
        this.plan = plan;
        this.trace = new Trace(traced);
        this.ledger = new Ledger(judge, plan.isHeard() ? MOST_KILLS : MOST_KILLS_UNHEARD);
        var realm = new Realm(plan.seed(), agenda, trace, Settings.DEFAULT, ledger);
        this.world = new World(realm, plan.size(), plan.hosts(), judge);
        if (plan.rough()) {
            world.roughen();
        }
        plan.faults().forEach(world::plan);
        plan.wishes().forEach(world::plan);
    }

    public Trace trace() {
        return trace;
    }

    /** Lets it happen. */
    public Outcome run() {
        runUntil(plan.healsAtMillis());
        world.heal();
        lookAgain(lookForForgotten());
        if (!isImpaired()) {
            lookAgain(lookForIdleSlots());
        }
        runUntil(plan.endsAtMillis());
        long last = plan.endsAtMillis() + LAST_END_MILLIS;
        while (agenda.millis() < last
                && world.clients().stream().anyMatch(client -> !client.open().isEmpty())) {
            runUntil(agenda.millis() + STEP_MILLIS);
        }
        mustHaveEnded();
        runUntil(agenda.millis() + SWEPT_MILLIS);
        mustBeSwept();
        return outcome();
    }

    private void runUntil(long millis) {
        agenda.runUntil(millis * Agenda.MILLI);
    }

    /** Long after all is well again, a hung run keeps its slot, and a worker whose model server failed is kept out. */
    private boolean isImpaired() {
        return plan.faults().stream().anyMatch(fault -> IMPAIRING.contains(fault.kind()));
    }

    private boolean standsStill() {
        return plan.faults().stream()
                .anyMatch(fault -> fault.kind() == FaultKind.PAUSE && fault.forMillis() >= Membership.SILENCE_MILLIS);
    }

    private void lookAgain(Runnable look) {
        agenda.after(LOOK_MILLIS * Agenda.MILLI, () -> {
            look.run();
            if (agenda.millis() < plan.endsAtMillis()) {
                lookAgain(look);
            }
        });
    }

    private Runnable lookForForgotten() {
        var watch = new UnansweredWatch(judge);
        return () -> world.realm()
                .dispatchers()
                .forEach(each -> watch.look(each.node().name(), each.stats().unanswered(), agenda.millis()));
    }

    private Runnable lookForIdleSlots() {
        var watch = new IdleWatch(judge);
        return () -> look(watch);
    }

    private void look(IdleWatch watch) {
        Set<QueryType> waiting = new HashSet<>();
        for (DispatcherService each : world.realm().dispatchers()) {
            each.stats().waiting().forEach((type, count) -> {
                if (count > FEW_PARTICULAR) {
                    waiting.add(type);
                }
            });
        }
        Set<QueryType> free = new HashSet<>();
        for (WorkerService each : world.realm().workers()) {
            if (each.load().free() > 0 && each.host().trust() != Trust.VOLUNTEER) {
                free.addAll(each.host().types());
            }
        }
        watch.look(waiting, free, agenda.millis(), world.realm()::scene);
    }

    private void mustHaveEnded() {
        for (Client client : world.clients()) {
            for (Client.Sent sent : client.open()) {
                judge.complain(Law.LOST, sent.guid().value(), "it never ended");
            }
            for (Client.Sent sent : client.ended()) {
                mustHaveRecovered(sent);
            }
        }
        Outcome sofar = outcome();
        if (sofar.runs() > sofar.intents() * MOST_RUNS_PER_INTENT + MOST_STRAY_RUNS) {
            judge.complain(Law.BUDGET, "", sofar.runs() + " runs of " + sofar.intents() + " intents");
        }
        double most = standsStill() ? MOST_SHORTENED_BY_STANDSTILL : MOST_SHORTENED;
        if (sofar.shortened() > sofar.intents() * most + 10) {
            judge.complain(Law.ORDER, "", sofar.shortened() + " answers ended ahead of their pieces");
        }
    }

    /** When all is well again, whoever sends something gets it. */
    private void mustHaveRecovered(Client.Sent sent) {
        ErrorCode error = sent.visible().error();
        boolean calm = sent.wish().atMillis() > plan.healsAtMillis() + SETTLED_MILLIS;
        boolean overloaded = isImpaired() && (error == ErrorCode.DEADLINE || error == ErrorCode.QUEUE_FULL);
        boolean tooMuch = error == ErrorCode.DEADLINE && isTooMuch(sent.wish());
        if (!calm || error == null || overloaded || tooMuch || sent.wish().mayFail()) {
            return;
        }
        boolean crowdedOut = error == ErrorCode.QUEUE_FULL
                || (error == ErrorCode.DEADLINE && sent.visible().wasInLine());
        if ((crowdedOut || error == ErrorCode.DEADLINE) && isBehindTooMuch(sent.wish())) {
            return;
        }
        crowdedOutSoFar += crowdedOut ? 1 : 0;
        if (!crowdedOut || crowdedOutSoFar > FEW_CROWDED_OUT) {
            judge.complain(Law.RECOVERY, sent.guid().value(), "all was well, and it ended as " + error.code());
        }
    }

    /** Not even a realm without faults would have done it in time. */
    private boolean isBehindTooMuch(Wish wish) {
        return new Backlog(plan).waitMillis(wish) + wish.workMillis() * SLOWEST > wish.ttlMillis();
    }

    /** More work than time, of which its user may have been away for a part. */
    private static boolean isTooMuch(Wish wish) {
        return wish.workMillis() * SLOWEST > wish.ttlMillis() - wish.manner().awayMillis();
    }

    private void mustBeSwept() {
        for (Client client : world.clients()) {
            for (Client.Sent sent : client.ended()) {
                if (!sent.wish().manner().detach() && client.isOpenAtSomeGateway(sent)) {
                    judge.complain(Law.LEAK, sent.guid().value(), "it is open at a gateway, and nobody waits for it");
                }
            }
        }
        long detached =
                plan.wishes().stream().filter(wish -> wish.manner().detach()).count();
        if (world.realm().openIntents() > detached) {
            judge.complain(Law.LEAK, "", world.realm().openIntents() + " intents are kept at gateways");
        }
        for (WorkerService each : world.realm().workers()) {
            if (each.load().inFlight() > 0) {
                judge.complain(Law.LEAK, "", each.load().inFlight() + " slots are taken at " + each.node());
            }
        }
        for (DispatcherService each : world.realm().dispatchers()) {
            var stats = each.stats();
            if (!stats.waiting().isEmpty() || stats.unanswered() > 0) {
                judge.complain(Law.LEAK, "", each.node() + " holds " + stats.waiting() + " and " + stats.unanswered());
            }
        }
    }

    private Outcome outcome() {
        long intents = 0;
        long results = 0;
        long shortened = 0;
        Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
        for (Client client : world.clients()) {
            intents += client.ended().size() + client.open().size();
            for (Client.Sent sent : client.ended()) {
                ErrorCode error = sent.visible().error();
                if (error == null) {
                    results++;
                    shortened += sent.visible().isShortened() ? 1 : 0;
                } else {
                    errors.merge(error, 1L, Long::sum);
                }
            }
        }
        return new Outcome(
                intents,
                results,
                errors,
                shortened,
                ledger.began(),
                world.realm().log().counts(),
                agenda.happened(),
                agenda.millis(),
                agenda.digest(),
                judge.violations());
    }
}
