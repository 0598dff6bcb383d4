// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Speed;
import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.gpu.Senses;
import io.mtor.worker.owner.Availability;
import io.mtor.worker.owner.Journal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** What an agent tells its owner, as JSON. Nothing of what users wrote is in it. */
public final class StatusJson {

    private StatusJson() {}

    /** Whether it takes work, and every reason why not. */
    public static JsonObject availability(Availability availability) {
        var reasons = new JsonArray();
        availability
                .reasons()
                .forEach(reason -> reasons.add(new JsonObject()
                        .put("cause", reason.cause().spelled())
                        .put("text", reason.text())
                        .put(
                                "until",
                                reason.until() == null ? null : reason.until().toString())));
        return new JsonObject().put("open", availability.isOpen()).put("reasons", reasons);
    }

    /**
     * What it offers.
     *
     * @param measured how fast it was, also what it does not offer now
     */
    public static JsonObject worker(String name, List<Offer> offers, int slots, List<Speed> measured) {
        var serves = new JsonArray();
        offers.forEach(offer -> serves.add(new JsonObject()
                .put("query_type", offer.queryType().value())
                .put("models", new JsonArray(offer.models()))));
        var speeds = new JsonArray();
        Speed.of(offers, measured)
                .forEach(speed -> speeds.add(new JsonObject()
                        .put("query_type", speed.queryType().value())
                        .put("model", speed.model())
                        .put("first_ms", speed.firstMs())
                        .put("whole_ms", speed.wholeMs())
                        .put("tokens_per_second", speed.tokensPerSecond())));
        return new JsonObject()
                .put("name", name)
                .put("serves", serves)
                .put("slots", slots)
                .put("speeds", speeds);
    }

    /** What it does now and has done today. */
    public static JsonObject journal(Journal.Page page) {
        var types = new JsonArray();
        page.lines()
                .forEach(line -> types.add(new JsonObject()
                        .put("query_type", line.type().value())
                        .put("running", line.running())
                        .put("done", line.done())
                        .put("stopped", line.stopped())
                        .put("failed", line.failed())));
        var failures = new JsonArray();
        page.failures()
                .forEach(failure -> failures.add(new JsonObject()
                        .put("worker", failure.worker())
                        .put("query_type", failure.type().value())
                        .put("cause", failure.cause().name())
                        .put("count", failure.count())
                        .put("last", failure.last().toString())));
        return new JsonObject()
                .put("day", page.day().toString())
                .put("types", types)
                .put("failures", failures)
                .put("watt_hours", page.wattHours());
    }

    public static JsonObject machine(Senses senses) {
        var gpus = new JsonArray();
        senses.gpus().forEach(gpu -> gpus.add(gpu(gpu)));
        return new JsonObject()
                .put("gpus", gpus)
                .put("on_battery", senses.onBattery())
                .put(
                        "idle_seconds",
                        senses.idle() == null
                                ? null
                                : Objects.requireNonNull(senses.idle()).toSeconds());
    }

    private static JsonObject gpu(GpuSample gpu) {
        return new JsonObject()
                .put("id", gpu.id())
                .put("name", gpu.name())
                .put("memory_total", gpu.totalBytes())
                .put("memory_used", gpu.usedBytes())
                .put("memory_others", gpu.othersBytes())
                .put("use_percent", gpu.usePercent())
                .put("celsius", gpu.celsius())
                .put("watts", gpu.watts());
    }
}
