// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import io.mtor.common.config.Size;
import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.gpu.Senses;
import io.mtor.worker.owner.Reason.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a host takes work: what its owner has said, what he allows, and what the machine tells.
 *
 * <pre>
 *            any reason
 *   open ───────────────▶ paused
 *     ▲                     │ no reason is left: hours and the owner's word at once, a GPU
 *     └─────────────────────┘ at its lower threshold, anything else after it was gone for a while
 * </pre>
 *
 * <p>To be looked at again and again with {@link #look}; it keeps no clock.
 */
public final class Owner {

    /** Somebody else's work on a GPU must last a little: a model server may still tidy up after an intent of ours. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    private final OwnerLimits limits;

    private final ZoneId zone;

    private final Schedule schedule;

    /** GPUs that were too hot and have not cooled down yet, and when they last told anything. */
    private final Map<String, Instant> hot = new HashMap<>();

    /** Reasons that must be gone for a while, and when they were last seen. */
    private final Map<Cause, Seen> lingering = new EnumMap<>(Cause.class);

    private record Seen(Reason reason, Instant at) {}

    private @Nullable Instant busySince;

    private boolean paused;

    private @Nullable Instant pausedUntil;

    /** @param zone of the clock on the wall */
    public Owner(OwnerLimits limits, ZoneId zone) {
        this.limits = limits;
        this.zone = zone;
        this.schedule = new Schedule(limits.hours(), zone);
    }

    /** The owner wants his machine: until then, or until he says otherwise. */
    public void pause(@Nullable Instant until) {
        paused = true;
        pausedUntil = until;
    }

    /** The owner lets it work again, as far as everything else allows it. */
    public void resume() {
        paused = false;
        pausedUntil = null;
    }

    /**
     * What follows from all that is known now.
     *
     * @param running intents that run on this host
     * @param jobsToday intents that began since midnight
     */
    public Availability look(Senses senses, int running, int jobsToday, Instant now) {
        List<Reason> reasons = new ArrayList<>();
        add(reasons, said(now));
        add(reasons, hours(now));
        add(reasons, temperature(senses.gpus(), now));
        add(reasons, lingering(Cause.BATTERY, battery(senses), now));
        add(reasons, lingering(Cause.OTHERS, others(senses.gpus(), running, now), now));
        add(reasons, lingering(Cause.VRAM_BUDGET, budget(senses.gpus()), now));
        add(reasons, user(senses, now));
        add(reasons, jobs(jobsToday, now));
        return new Availability(reasons);
    }

    private static void add(List<Reason> reasons, @Nullable Reason reason) {
        if (reason != null) {
            reasons.add(reason);
        }
    }

    private @Nullable Reason said(Instant now) {
        if (pausedUntil != null && !now.isBefore(pausedUntil)) {
            resume();
        }
        return paused ? new Reason(Cause.OWNER, "paused by its owner", pausedUntil) : null;
    }

    private @Nullable Reason hours(Instant now) {
        return schedule.isOpen(now)
                ? null
                : new Reason(
                        Cause.HOURS,
                        "outside its hours, which are " + schedule,
                        schedule.nextChange(now).orElse(null));
    }

    private @Nullable Reason temperature(List<GpuSample> gpus, Instant now) {
        Reason reason = null;
        for (GpuSample gpu : gpus) {
            Integer celsius = gpu.celsius();
            if (celsius == null) {
                continue;
            }
            if (celsius >= limits.maxGpuTemp() || (hot.containsKey(gpu.id()) && celsius > limits.resumeAt())) {
                hot.put(gpu.id(), now);
                reason = new Reason(
                        Cause.TEMPERATURE,
                        gpu.title() + " is at " + celsius + " °C; it goes on at " + limits.resumeAt() + " °C",
                        null);
            } else {
                hot.remove(gpu.id());
            }
        }
        // One that has fallen silent while it was hot is not taken for cool at once.
        hot.values().removeIf(told -> Duration.between(told, now).compareTo(limits.calm()) > 0);
        if (reason == null && !hot.isEmpty()) {
            reason = new Reason(Cause.TEMPERATURE, "a GPU was too hot, and tells its temperature no more", null);
        }
        return reason;
    }

    private @Nullable Reason battery(Senses senses) {
        return senses.onBattery() && !limits.onBattery() ? new Reason(Cause.BATTERY, "on battery", null) : null;
    }

    private @Nullable Reason others(List<GpuSample> gpus, int running, Instant now) {
        GpuSample busy = running > 0 ? null : busiest(gpus);
        if (busy == null) {
            busySince = null;
        } else if (busySince == null) {
            busySince = now;
        }
        if (busy != null
                && busySince != null
                && Duration.between(busySince, now).compareTo(BUSY) >= 0) {
            return new Reason(
                    Cause.OTHERS, busy.title() + " is " + busy.usePercent() + " % busy for another program", null);
        }
        Size allowed = limits.othersVram();
        for (GpuSample gpu : gpus) {
            Long held = gpu.othersBytes();
            if (allowed != null && held != null && held > allowed.bytes()) {
                return new Reason(Cause.OTHERS, "other programs hold " + gib(held) + " of " + gpu.title(), null);
            }
        }
        return null;
    }

    /** The first that is busier than others may make it; null if none is. */
    private @Nullable GpuSample busiest(List<GpuSample> gpus) {
        return gpus.stream()
                .filter(gpu -> gpu.usePercent() != null && gpu.usePercent() > limits.othersUse())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Reason budget(List<GpuSample> gpus) {
        Size budget = limits.vramBudget();
        for (GpuSample gpu : gpus) {
            Long used = gpu.usedBytes();
            if (budget != null && used != null && used > budget.bytes()) {
                return new Reason(
                        Cause.VRAM_BUDGET,
                        gib(used) + " of " + gpu.title() + " are in use, and " + gib(budget.bytes()) + " may be",
                        null);
            }
        }
        return null;
    }

    private @Nullable Reason user(Senses senses, Instant now) {
        Duration wanted = limits.idle();
        Duration idle = senses.idle();
        return wanted != null && idle != null && idle.compareTo(wanted) < 0
                ? new Reason(Cause.USER, "somebody sits at this machine", now.plus(wanted.minus(idle)))
                : null;
    }

    private @Nullable Reason jobs(int jobsToday, Instant now) {
        Integer most = limits.maxJobsPerDay();
        if (most == null || jobsToday < most) {
            return null;
        }
        LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1);
        return new Reason(
                Cause.JOBS,
                "it has taken the " + most + " intents that a day may bring",
                tomorrow.atStartOfDay(zone).toInstant());
    }

    /** Keeps a reason that has just gone, so that what comes and goes does not make the host flap. */
    private @Nullable Reason lingering(Cause cause, @Nullable Reason now, Instant at) {
        if (now != null) {
            lingering.put(cause, new Seen(now, at));
            return now;
        }
        Seen seen = lingering.get(cause);
        if (seen == null) {
            return null;
        }
        Instant over = seen.at.plus(limits.calm());
        if (!at.isBefore(over)) {
            lingering.remove(cause);
            return null;
        }
        return new Reason(cause, "a moment ago: " + seen.reason.text(), over);
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
