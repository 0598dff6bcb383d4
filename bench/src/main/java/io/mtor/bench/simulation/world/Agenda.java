// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.PriorityQueue;

/**
 * Virtual time and what is to happen in it. What is due at the same instant happens in the order in which it was
 * planned, so a run is the same each time.
 */
public final class Agenda {

    public static final long MILLI = 1_000_000;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long planned;
    private long happened;
    private long digest = FNV_OFFSET;

    /** Nanoseconds since the beginning of the world. */
    public long now() {
        return now;
    }

    public long millis() {
        return now / MILLI;
    }

    /** How many events there have been. */
    public long happened() {
        return happened;
    }

    public void after(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    public void at(long nanos, Runnable what) {
        events.add(new Event(Math.max(now, nanos), planned++, what));
    }

    /** Lets everything happen that is due until {@code end}. */
    public void runUntil(long end) {
        for (Event next = events.peek(); next != null && next.at <= end; next = events.peek()) {
            events.remove();
            now = next.at;
            happened++;
            note(now);
            next.what.run();
        }
        now = Math.max(now, end);
    }

    /** Lets the digest depend on this too. */
    public void note(long what) {
        digest = (digest ^ what) * FNV_PRIME;
    }

    /** Two runs with the same digest were the same, event for event. */
    public long digest() {
        return digest;
    }
}
