// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.IntentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one worker that have been assigned and that its own figures do not include yet, oldest first. They are
 * few and short-lived: a linked list is searched from its beginning.
 */
final class Claims {

    private static final class Claim {
        final IntentKey key;
        final long since;

        @Nullable
        Claim next;

        Claim(IntentKey key, long since) {
            this.key = key;
            this.since = since;
        }
    }

    private @Nullable Claim first;
    private @Nullable Claim last;
    private int size;

    int size() {
        return size;
    }

    boolean has(IntentKey key) {
        Claim each = first;
        while (each != null && !each.key.equals(key)) {
            each = each.next;
        }
        return each != null;
    }

    void add(IntentKey key, long now) {
        remove(key);
        var claim = new Claim(key, now);
        Claim before = last;
        if (before == null) {
            first = claim;
        } else {
            before.next = claim;
        }
        last = claim;
        size++;
    }

    void remove(IntentKey key) {
        Claim before = null;
        Claim each = first;
        while (each != null && !each.key.equals(key)) {
            before = each;
            each = each.next;
        }
        if (each != null) {
            unlink(before, each);
        }
    }

    private void unlink(@Nullable Claim before, Claim claim) {
        if (before == null) {
            first = claim.next;
        } else {
            before.next = claim.next;
        }
        if (claim.next == null) {
            last = before;
        }
        size--;
    }

    /** Takes out the oldest as long as the time they were added is {@code overdue}. */
    List<IntentKey> removeWhile(LongPredicate overdue) {
        if (first == null) {
            return List.of();
        }
        List<IntentKey> keys = new ArrayList<>();
        for (Claim each = first; each != null && overdue.test(each.since); each = each.next) {
            keys.add(each.key);
            unlink(null, each);
        }
        return keys;
    }

    /** Takes out all. */
    List<IntentKey> removeAll() {
        return removeWhile(since -> true);
    }
}
