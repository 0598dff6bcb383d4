// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.QueryType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host does now and has done since midnight: by query type, failures by cause, energy where it is known. Nothing
 * of what users wrote. It begins anew with each day and each start. Its methods may be called from any thread.
 */
public final class Journal {

    /** Between two looks at the power that are further apart nothing is known. */
    private static final Duration GAP = Duration.ofSeconds(10);

    /**
     * One query type.
     *
     * @param running now
     * @param done answered today
     * @param stopped not wanted any more, or handed over
     * @param failed today
     */
    public record Line(QueryType type, int running, int done, int stopped, int failed) {}

    /** A kind of failure at one worker, how often today, and when last. */
    public record Failure(String worker, QueryType type, Cause cause, int count, Instant last) {}

    /**
     * What there is to tell.
     *
     * @param wattHours of all GPUs since midnight or the start; null if none tells its power
     */
    public record Page(
            LocalDate day,
            List<Line> lines,
            List<Failure> failures,
            @Nullable Double wattHours) {}

    private static final class Counts {
        private int running;
        private int done;
        private int stopped;
        private int failed;
    }

    private record Kind(String worker, QueryType type, Cause cause) {}

    private final ZoneId zone;

    private final Map<QueryType, Counts> counts = new TreeMap<>();

    private final Map<Kind, Failure> failures = new LinkedHashMap<>();

    private LocalDate day = LocalDate.MIN;

    private int running;

    private int jobs;

    private @Nullable Double wattHours;

    private @Nullable Instant poweredAt;

    public Journal(ZoneId zone) {
        this.zone = zone;
    }

    /** An intent begins. */
    public synchronized void began(QueryType type, Instant now) {
        turn(now);
        of(type).running++;
        running++;
        jobs++;
    }

    /**
     * An intent that began is over.
     *
     * @param cause null if it was answered
     */
    public synchronized void over(String worker, QueryType type, @Nullable Cause cause, Instant now) {
        turn(now);
        Counts line = of(type);
        line.running--;
        running--;
        if (cause == null) {
            line.done++;
        } else if (cause == Cause.CANCELLED || cause == Cause.HANDED_BACK) {
            line.stopped++;
        } else {
            line.failed++;
            failures.merge(
                    new Kind(worker, type, cause),
                    new Failure(worker, type, cause, 1, now),
                    (old, one) -> new Failure(worker, type, cause, old.count + 1, now));
        }
    }

    /** All GPUs together draw so much; what was drawn since the last time is added up. */
    public synchronized void power(double watts, Instant now) {
        turn(now);
        Duration since = poweredAt == null ? Duration.ZERO : Duration.between(poweredAt, now);
        boolean known = !since.isNegative() && since.compareTo(GAP) <= 0;
        wattHours = (wattHours == null ? 0 : wattHours) + (known ? watts * since.toMillis() / 3_600_000.0 : 0);
        poweredAt = now;
    }

    /** Intents that run. */
    public synchronized int running() {
        return running;
    }

    /** Intents that began since midnight. */
    public synchronized int jobsToday(Instant now) {
        turn(now);
        return jobs;
    }

    public synchronized Page page(Instant now) {
        turn(now);
        List<Line> lines = new ArrayList<>();
        counts.forEach((type, each) -> lines.add(new Line(type, each.running, each.done, each.stopped, each.failed)));
        return new Page(day, lines, List.copyOf(failures.values()), wattHours);
    }

    private Counts of(QueryType type) {
        return counts.computeIfAbsent(type, each -> new Counts());
    }

    /** A new day begins with what runs and nothing else. */
    private void turn(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (today.equals(day)) {
            return;
        }
        day = today;
        jobs = 0;
        failures.clear();
        wattHours = wattHours == null ? null : 0.0;
        counts.values().removeIf(each -> each.running == 0);
        counts.values().forEach(each -> {
            each.done = 0;
            each.stopped = 0;
            each.failed = 0;
        });
    }
}
