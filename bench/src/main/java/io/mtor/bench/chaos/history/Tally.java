// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.history;

import io.mtor.common.protocol.ErrorCode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be said of many histories.
 *
 * @param intents how many there were
 * @param lost never ended
 * @param twice ended, or showed something, twice
 * @param mixed showed what belongs to another run or intent, or is incomplete, or an attempt that was over
 * @param recovered ended in spite of a lost connection or another attempt
 * @param errors those that ended in an error, by code
 * @param examples the first judgement with each of these codes
 * @param bad the judgements with a breach
 */
public record Tally(
        int intents,
        int lost,
        int twice,
        int mixed,
        int recovered,
        Map<ErrorCode, Integer> errors,
        Map<ErrorCode, Judgement> examples,
        List<Judgement> bad) {

    public static Tally of(Collection<History> histories) {
        List<Judgement> all = histories.stream().map(Judge::of).toList();
        Map<ErrorCode, Integer> errors = new EnumMap<>(ErrorCode.class);
        Map<ErrorCode, Judgement> examples = new EnumMap<>(ErrorCode.class);
        for (Judgement each : all) {
            if (each.error() != null) {
                examples.putIfAbsent(each.error(), each);
                errors.merge(each.error(), 1, Integer::sum);
            }
        }
        int lost = count(all, Judgement.Kind.LOST);
        int twice = count(all, Judgement.Kind.TWICE);
        List<Judgement> bad = all.stream().filter(each -> !each.isGood()).toList();
        int mixed = (int) bad.stream()
                .filter(each -> each.breaches().stream()
                        .anyMatch(breach ->
                                breach.kind() != Judgement.Kind.LOST && breach.kind() != Judgement.Kind.TWICE))
                .count();
        int recovered = (int) all.stream()
                .filter(each -> each.troubled() && !each.has(Judgement.Kind.LOST))
                .count();
        return new Tally(all.size(), lost, twice, mixed, recovered, errors, examples, bad);
    }

    private static int count(List<Judgement> all, Judgement.Kind kind) {
        return (int) all.stream().filter(each -> each.has(kind)).count();
    }

    /** How many ended in an error. */
    public int failed() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** True if the promise was kept to every intent; errors are told to the user, and break none. */
    public boolean isKept() {
        return bad.isEmpty();
    }
}
