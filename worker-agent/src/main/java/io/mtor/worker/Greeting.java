// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.control.Reach;
import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.owner.Reason;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an agent says to its owner when it has started: what is there, what of it is offered, where it has joined. */
public final class Greeting {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final double GIB = 1L << 30;

    private Greeting() {}

    /** Looks once more and prints it. */
    static void say(
            WorkerAgentMain.Config config,
            Vertx vertx,
            WorkerAgentVerticle agent,
            OwnerWatch watch,
            @Nullable Reach reach) {
        new Explain(vertx, config.agent(), System.getenv()).lines().onSuccess(lines -> {
            var text = new StringBuilder();
            watch.senses().gpus().forEach(gpu -> text.append(gpu(gpu)).append('\n'));
            text.append(Explain.table(
                    lines.stream().filter(line -> !line.isNobody()).toList()));
            text.append(agent.isIn() ? "joined   " : "joins    ")
                    .append(WorkerAgentMain.where(config))
                    .append(agent.isIn() ? "" : ", which is not reached yet; tried again by itself")
                    .append('\n');
            reasons(watch.availability().reasons())
                    .forEach(line -> text.append(line).append('\n'));
            if (reach != null) {
                text.append("yours    ").append(reach.page()).append('\n');
            }
            System.out.print(text);
        });
    }

    /** Such as {@code GPU 0 (NVIDIA GeForce RTX 3090)  21.7 of 24.0 GiB free  41 °C  28 W}. */
    public static String gpu(GpuSample gpu) {
        var text = new StringBuilder(gpu.title());
        Long total = gpu.totalBytes();
        Long used = gpu.usedBytes();
        if (total != null && used != null) {
            text.append(String.format(Locale.ROOT, "  %.1f of %.1f GiB free", (total - used) / GIB, total / GIB));
        }
        if (gpu.celsius() != null) {
            text.append("  ").append(gpu.celsius()).append(" °C");
        }
        if (gpu.watts() != null) {
            text.append("  ").append(Math.round(gpu.watts())).append(" W");
        }
        return text.toString();
    }

    /** Such as {@code , until 2026-11-27 14:00}, by the clock of this machine; empty if it is not known. */
    public static String until(@Nullable Instant until) {
        return until == null ? "" : ", until " + WHEN.format(until.atZone(ZoneId.systemDefault()));
    }

    /** Why no work is taken, a line each; none if it is. */
    public static List<String> reasons(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> "paused   " + reason.text() + until(reason.until()))
                .toList();
    }
}
