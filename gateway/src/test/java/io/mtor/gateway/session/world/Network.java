// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session.world;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time and what happens in it; messages may be lost, doubled, late and out of order until it is healed. */
public final class Network {

    private record Event(long at, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

    private final Random random;
    private long now;
    private long number;
    private boolean healed;

    public Network(Random random) {
        this.random = random;
    }

    public long now() {
        return now;
    }

    public Random random() {
        return random;
    }

    /** From now on everything arrives, once. */
    public void heal() {
        healed = true;
    }

    boolean isHealed() {
        return healed;
    }

    /** Draws whether something bad happens; never once it is healed. */
    public boolean strikes(double probability) {
        return !healed && random.nextDouble() < probability;
    }

    public void after(long millis, Runnable action) {
        events.add(new Event(now + millis, number++, action));
    }

    /** Sends a message, as the bus does: perhaps. */
    void send(Runnable delivery) {
        if (strikes(0.01)) {
            return;
        }
        after(delay(), delivery);
        if (strikes(0.01)) {
            after(5 + delay(), delivery);
        }
    }

    private long delay() {
        return strikes(0.01) ? 50 + random.nextInt(500) : 1 + (healed ? 0 : random.nextInt(3));
    }

    /** Lets time pass until nothing is left to happen before {@code end}. */
    public void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }
}
