// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How busy a model server says it is, whoever asked it.
 *
 * @param running intents, or whatever others call it, that it works on
 * @param waiting those that wait in it
 */
public record Busy(int running, int waiting) {

    /** What is assumed of one that does not tell, or no more. */
    public static final Busy NOT_AT_ALL = new Busy(0, 0);

    /** Where a kind tells it, and how. */
    private record Source(String path, Function<Reply, Optional<Busy>> reader) {}

    private static final Map<Kind, Source> SOURCES = Map.of(
            Kind.LLAMA_CPP, new Source("/slots", reply -> bySlots(reply.json())),
            Kind.KOBOLD_CPP, new Source("/api/extra/perf", reply -> byQueue(reply.json())),
            Kind.VLLM, byMetrics("vllm:num_requests_running", "vllm:num_requests_waiting"),
            Kind.SGLANG, byMetrics("sglang:num_running_reqs", "sglang:num_queue_reqs"),
            Kind.TGI, byMetrics("tgi_batch_current_size", "tgi_queue_size"));

    /** Where to ask; empty if servers of this kind do not tell. */
    public static Optional<String> path(Kind kind) {
        return Optional.ofNullable(SOURCES.get(kind)).map(Source::path);
    }

    /** What such a server said there; empty if it said nothing of the kind, as one does where this is switched off. */
    static Optional<Busy> of(Kind kind, Reply reply) {
        return Optional.ofNullable(SOURCES.get(kind))
                .filter(source -> reply.isOk())
                .flatMap(source -> source.reader.apply(reply));
    }

    private static Optional<Busy> bySlots(JsonNode slots) {
        boolean told = slots.isArray()
                && !slots.isEmpty()
                && Replies.stream(slots)
                        .allMatch(slot -> slot.path("is_processing").isBoolean());
        return told
                ? Optional.of(new Busy(
                        (int) Replies.stream(slots)
                                .filter(slot -> slot.path("is_processing").booleanValue())
                                .count(),
                        0))
                : Optional.empty();
    }

    private static Optional<Busy> byQueue(JsonNode json) {
        return json.path("queue").isInt() && json.path("idle").isInt()
                ? Optional.of(new Busy(
                        json.path("idle").intValue() == 0 ? 1 : 0,
                        json.path("queue").intValue()))
                : Optional.empty();
    }

    private static Source byMetrics(String running, String waiting) {
        return new Source(
                "/metrics",
                reply -> reply.text().contains(running) && reply.text().contains(waiting)
                        ? Optional.of(new Busy(sum(reply.text(), running), sum(reply.text(), waiting)))
                        : Optional.empty());
    }

    /** All lines of this name, whatever their labels: a server may have several engines. */
    private static int sum(String metrics, String name) {
        return (int) metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> number(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? Math.max(0, number) : 0;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
