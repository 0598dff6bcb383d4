// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One process, on a cluster node of its own: an event loop that may stand still or be slow, timers, and a clock that no
 * other process shares.
 *
 * <p>A process that stood still finds on waking the messages that came meanwhile and its timers, in either order: they
 * come from different threads.
 */
public final class Node {

    private static final long MAX_CLOCK_OFFSET_MILLIS = 1L << 40;

    private final Role role;
    private final String name;
    private final int index;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final long clockOffsetMillis;
    private final List<Runnable> heldMessages = new ArrayList<>();
    private final List<Runnable> heldTimers = new ArrayList<>();

    private boolean dead;
    private boolean still;
    private long lagNanos;
    private long busyUntil;
    private @Nullable Runnable onDeath;

    Node(Role role, String name, int index, Agenda agenda, SplittableRandom random) {
        this.role = role;
        this.name = name;
        this.index = index;
        this.agenda = agenda;
        this.random = random;
        this.clockOffsetMillis = random.nextLong(MAX_CLOCK_OFFSET_MILLIS);
    }

    public Role role() {
        return role;
    }

    /** Unique in its world; the id of its cluster node too. */
    public String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** Its own monotonic clock. */
    public long millis() {
        return agenda.millis() + clockOffsetMillis;
    }

    /** The same clock, finer. */
    public long nanos() {
        return agenda.now() + clockOffsetMillis * Agenda.MILLI;
    }

    public boolean isDead() {
        return dead;
    }

    public boolean isStill() {
        return still;
    }

    /** True if it does what it is told within milliseconds. */
    public boolean isWell() {
        return !dead && !still && lagNanos == 0;
    }

    /** A message has come to this process. */
    void deliver(Runnable handler) {
        if (dead) {
            return;
        }
        if (still) {
            heldMessages.add(handler);
            return;
        }
        // In the order in which they came, also when it becomes faster again.
        long at = Math.max(agenda.now() + lagNanos, busyUntil);
        if (at > agenda.now()) {
            busyUntil = at;
            agenda.at(at, () -> run(handler));
        } else {
            handler.run();
        }
    }

    private void run(Runnable handler) {
        if (still) {
            heldMessages.add(handler);
        } else if (!dead) {
            handler.run();
        }
    }

    /** A timer of this process. */
    public void after(long millis, Runnable what) {
        agenda.after(millis * Agenda.MILLI + lagNanos, () -> {
            if (still) {
                heldTimers.add(what);
            } else if (!dead) {
                what.run();
            }
        });
    }

    /** A periodic timer of this process; what is missed while it stands still happens once on waking. */
    public void every(long millis, Runnable what) {
        after(1 + random.nextLong(millis), () -> again(millis, what));
    }

    private void again(long millis, Runnable what) {
        what.run();
        after(millis, () -> again(millis, what));
    }

    /** What is to happen in the world when it dies, by whatever cause. */
    void onDeath(Runnable action) {
        onDeath = action;
    }

    void die() {
        if (!dead) {
            dead = true;
            if (onDeath != null) {
                onDeath.run();
            }
        }
    }

    void stop() {
        still = true;
    }

    void goOn() {
        if (!still) {
            return;
        }
        still = false;
        List<Runnable> due = new ArrayList<>();
        boolean timersFirst = random.nextBoolean();
        due.addAll(timersFirst ? heldTimers : heldMessages);
        due.addAll(timersFirst ? heldMessages : heldTimers);
        heldTimers.clear();
        heldMessages.clear();
        due.forEach(this::run);
    }

    /** Everything takes so much longer from now on; 0 ends that. */
    void lag(long nanos) {
        lagNanos = nanos;
    }

    @Override
    public String toString() {
        return name;
    }
}
