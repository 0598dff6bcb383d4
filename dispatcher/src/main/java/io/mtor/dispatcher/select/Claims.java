// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.IntentKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** The slots of one worker that have been assigned and that its own figures do not include yet, oldest first. */
public final class Claims {

    private final Map<IntentKey, Long> since = new LinkedHashMap<>();

    public int size() {
        return since.size();
    }

    public void add(IntentKey key, long now) {
        since.remove(key);
        since.put(key, now);
    }

    public boolean remove(IntentKey key) {
        return since.remove(key) != null;
    }

    /** Takes out the oldest as long as the time they were added is {@code overdue}. */
    public List<IntentKey> removeWhile(LongPredicate overdue) {
        if (since.isEmpty()) {
            return List.of();
        }
        List<IntentKey> old = new ArrayList<>();
        var each = since.entrySet().iterator();
        while (each.hasNext()) {
            var claim = each.next();
            if (!overdue.test(claim.getValue())) {
                break;
            }
            old.add(claim.getKey());
            each.remove();
        }
        return old;
    }

    /** Takes out all. */
    public List<IntentKey> clear() {
        List<IntentKey> all = List.copyOf(since.keySet());
        since.clear();
        return all;
    }
}
