// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.selection;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a pick, the claim of the slot and its later release cost together, by the number of workers and query
 * types. Half of the slots are taken at any time, and they are released in the order in which they were taken.
 */
public final class SelectionCost {

    /** Processor time, so that others who share the machine change less. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final int SLOTS = 2;
    private static final int TYPES_PER_WORKER = 3;
    private static final int INTENTS = 256;
    private static final int PICKS = 200_000;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 7;

    private final Random random = new Random(1);
    private final Fleet fleet = new Fleet(Caution.DEFAULT);
    private final List<Ticket> tickets = new ArrayList<>();
    private final Deque<Claimed> claimed = new ArrayDeque<>();
    private int next;

    private record Claimed(Worker worker, IntentKey key) {}

    private SelectionCost(int workers, int types, boolean ownModels) {
        for (int i = 0; i < workers; i++) {
            fleet.announced(announcement(i, types, ownModels), 0);
        }
        for (int i = 0; i < INTENTS; i++) {
            tickets.add(ticket(i, types));
        }
        for (int i = 0; i < workers * SLOTS / 2; i++) {
            claim();
        }
    }

    /** Prints a table. */
    public static void main(String[] args) {
        System.out.println("pick, claim and release, in nanoseconds (median of " + ROUNDS + " rounds)");
        System.out.printf("%8s %6s %14s %22s%n", "workers", "types", "equal offers", "each its own models");
        for (int types : new int[] {4, 64}) {
            for (int workers : new int[] {10, 100, 1_000, 10_000}) {
                System.out.printf(
                        "%8d %6d %14.0f %22.0f%n",
                        workers, types, measure(workers, types, false), measure(workers, types, true));
            }
        }
    }

    /** Nanoseconds for one pick, claim and release, with workers that share their sets of models. */
    public static double measure(int workers, int types) {
        return measure(workers, types, false);
    }

    /**
     * Nanoseconds for one pick, claim and release: the median of several rounds after a warm-up.
     *
     * @param ownModels true if no two workers have the same set of models
     */
    public static double measure(int workers, int types, boolean ownModels) {
        var cost = new SelectionCost(workers, types, ownModels);
        double[] rounds = new double[ROUNDS];
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            double nanos = cost.round();
            if (i >= 0) {
                rounds[i] = nanos;
            }
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    private double round() {
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < PICKS; i++) {
            claim();
            release();
        }
        return (CPU.getCurrentThreadCpuTime() - start) / (double) PICKS;
    }

    private void claim() {
        Ticket ticket = tickets.get(next++ % INTENTS);
        @Nullable Worker worker = fleet.pick(ticket);
        if (worker != null) {
            worker.claim(ticket.key(), 0);
            claimed.addLast(new Claimed(worker, ticket.key()));
        }
    }

    private void release() {
        Claimed oldest = claimed.pollFirst();
        if (oldest != null) {
            oldest.worker.unclaim(oldest.key);
            fleet.refresh(oldest.worker, 0);
        }
    }

    private WorkerAnnouncement announcement(int number, int types, boolean ownModels) {
        List<Offer> offers = new ArrayList<>();
        int first = random.nextInt(types);
        for (int i = 0; i < TYPES_PER_WORKER; i++) {
            String own = ownModels ? "model-" + number : "model";
            offers.add(new Offer(type((first + i) % types), List.of("common", own)));
        }
        var load = new Load(SLOTS, 0, false);
        return new WorkerAnnouncement(new WorkerId("w" + number), "n", 1, "w", "1", offers, load, false);
    }

    private Ticket ticket(int number, int types) {
        var id = new IntentId(String.format("00000000-0000-0000-0000-%012x", number));
        var intent = new Intent(
                new IntentKey(new UserId("u"), id),
                type(random.nextInt(types)),
                "",
                random.nextBoolean() ? "common" : null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.ANY,
                false,
                null);
        return new Ticket(new Place(intent, new GatewayId("g"), 1, List.of(), 60_000), 0, number);
    }

    private static QueryType type(int number) {
        return new QueryType("type-" + number);
    }
}
