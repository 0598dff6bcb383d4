// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.check.Violation;
import io.mtor.bench.simulation.world.FaultKind;
import io.mtor.common.protocol.ErrorCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one world.
 *
 * @param intents that were sent and whose user stayed to hear of them
 * @param results of them that ended in a result
 * @param errors of them that ended in an error, by code
 * @param shortened answers whose end came with the whole text before all of its pieces
 * @param runs how often a model server began one of them
 * @param fired faults that really struck
 * @param virtualMillis time that passed in the world
 * @param digest equal for equal worlds, event for event
 */
public record Outcome(
        long intents,
        long results,
        Map<ErrorCode, Long> errors,
        long shortened,
        long runs,
        Map<FaultKind, Long> fired,
        long events,
        long virtualMillis,
        long digest,
        List<Violation> violations) {

    public static final Outcome NONE = new Outcome(0, 0, Map.of(), 0, 0, Map.of(), 0, 0, 0, List.of());

    public long faults() {
        return fired.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both together; digests add up, so the order of worlds does not matter. */
    public Outcome and(Outcome other) {
        return new Outcome(
                intents + other.intents,
                results + other.results,
                sum(errors, other.errors, ErrorCode.class),
                shortened + other.shortened,
                runs + other.runs,
                sum(fired, other.fired, FaultKind.class),
                events + other.events,
                virtualMillis + other.virtualMillis,
                digest + other.digest,
                violations.isEmpty() ? other.violations : violations);
    }

    private static <K extends Enum<K>> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other, Class<K> type) {
        Map<K, Long> sum = new EnumMap<>(type);
        sum.putAll(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
