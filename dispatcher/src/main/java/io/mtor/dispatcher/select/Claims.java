// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.IntentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The slots of one worker that have been assigned and that its own figures do not include yet, oldest first. They are
 * few and short-lived, so a list is searched from its beginning.
 */
final class Claims {

    private record Claim(IntentKey key, long since) {}

    private final ArrayList<Claim> claims = new ArrayList<>(2);

    int size() {
        return claims.size();
    }

    void add(IntentKey key, long now) {
        remove(key);
        claims.add(new Claim(key, now));
    }

    void remove(IntentKey key) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).key.equals(key)) {
                claims.remove(i);
                return;
            }
        }
    }

    /** Takes out the oldest as long as the time they were added is {@code overdue}. */
    List<IntentKey> removeWhile(LongPredicate overdue) {
        int count = 0;
        while (count < claims.size() && overdue.test(claims.get(count).since)) {
            count++;
        }
        return count == 0 ? List.of() : removeFirst(count);
    }

    /** Takes out all. */
    List<IntentKey> removeAll() {
        return removeFirst(claims.size());
    }

    private List<IntentKey> removeFirst(int count) {
        List<Claim> oldest = claims.subList(0, count);
        List<IntentKey> keys = oldest.stream().map(Claim::key).toList();
        oldest.clear();
        return keys;
    }
}
