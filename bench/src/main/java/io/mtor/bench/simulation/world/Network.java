// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What carries messages between processes: at most once, in order from one sender to one receiver, within a millisecond
 * or so. Faults make it lose, double, delay and disorder them, or cut the way from one process to another; some of what
 * is sent into a cut arrives when it is mended, as TCP sends again what was not acknowledged.
 */
final class Network {

    private static final long RETRY_NANOS = 250 * Agenda.MILLI;
    private static final long GIVE_UP_NANOS = 12_000 * Agenda.MILLI;
    private static final double ROUGH = 0.01;
    private static final int MAX_NODES = 1 << 16;

    private final Agenda agenda;
    private final FaultLog log;
    private final SplittableRandom random;
    private final Map<Long, Long> lastArrival = new HashMap<>();
    private final Map<Long, Integer> cuts = new HashMap<>();
    private final Set<Long> strangers = new HashSet<>();

    private double always;
    private double loss;
    private double twice;
    private double late;
    private boolean disorder;

    Network(Agenda agenda, FaultLog log, long seed) {
        this.agenda = agenda;
        this.log = log;
        this.random = Chance.of(seed, "network");
    }

    /** From now on a hundredth of everything is lost, doubled or late, whatever faults come and go. */
    void roughen() {
        always = ROUGH;
        lose(0);
        doubleSome(0);
        delay(0);
    }

    void lose(double share) {
        loss = Math.max(always, share);
    }

    void doubleSome(double share) {
        twice = Math.max(always, share);
    }

    void delay(double share) {
        late = Math.max(always, share);
    }

    void disorder(boolean on) {
        disorder = on;
    }

    private static long way(Node from, Node to) {
        return (long) from.index() * MAX_NODES + to.index();
    }

    void cut(Node from, Node to) {
        cuts.merge(way(from, to), 1, Integer::sum);
    }

    void mend(Node from, Node to) {
        cuts.computeIfPresent(way(from, to), (way, count) -> count == 1 ? null : count - 1);
    }

    boolean isCut(Node from, Node to) {
        return !cuts.isEmpty() && cuts.containsKey(way(from, to));
    }

    /** {@code from} does not count {@code to} as a member of the cluster, and so sends it nothing. */
    void estrange(Node from, Node to, boolean strange) {
        if (strange) {
            strangers.add(way(from, to));
        } else {
            strangers.remove(way(from, to));
        }
    }

    boolean isStranger(Node from, Node to) {
        return !strangers.isEmpty() && strangers.contains(way(from, to));
    }

    /** Sends, as the bus does: perhaps. */
    void send(Node from, Node to, Runnable handler) {
        if (from == to) {
            agenda.after(1, () -> to.deliver(handler));
            return;
        }
        if (isStranger(from, to)) {
            return;
        }
        if (isCut(from, to)) {
            log.fired(FaultKind.PARTITION);
            sendAgain(from, to, handler, agenda.now() + GIVE_UP_NANOS);
        } else if (strikes(loss)) {
            log.fired(FaultKind.LOSS);
        } else {
            carry(from, to, handler);
            if (strikes(twice)) {
                log.fired(FaultKind.DUPLICATION);
                carry(from, to, handler);
            }
        }
    }

    private void sendAgain(Node from, Node to, Runnable handler, long until) {
        agenda.after(RETRY_NANOS, () -> {
            if (!isCut(from, to)) {
                carry(from, to, handler);
            } else if (agenda.now() < until && !from.isDead() && random.nextInt(8) > 0) {
                sendAgain(from, to, handler, until);
            }
        });
    }

    private void carry(Node from, Node to, Runnable handler) {
        long arrival = agenda.now() + delay();
        if (disorder && random.nextInt(20) == 0) {
            log.fired(FaultKind.DISORDER);
            arrival += random.nextLong(30 * Agenda.MILLI);
        } else {
            arrival = Math.max(arrival, lastArrival.getOrDefault(way(from, to), 0L));
            lastArrival.put(way(from, to), arrival);
        }
        agenda.at(arrival, () -> {
            agenda.note(way(from, to));
            to.deliver(handler);
        });
    }

    private long delay() {
        if (strikes(late)) {
            log.fired(FaultKind.DELAY);
            return random.nextLong(50 * Agenda.MILLI, 600 * Agenda.MILLI);
        }
        return 200_000 + random.nextLong(Agenda.MILLI);
    }

    private boolean strikes(double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
