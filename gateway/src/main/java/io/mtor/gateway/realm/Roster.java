// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who of one kind is there: those who announced themselves lately.
 *
 * @param <K> their ids
 * @param <A> their announcements
 */
final class Roster<K, A> {

    private final long ttlMillis;

    private final Map<K, Entry<A>> entries = new HashMap<>();

    private record Entry<A>(A announcement, String node, long seenAt) {}

    Roster(long ttlMillis) {
        this.ttlMillis = ttlMillis;
    }

    /** Notes an announcement and returns the one before; null if that id was not there. */
    @Nullable
    A seen(K id, A announcement, String node, long now) {
        Entry<A> before = entries.put(id, new Entry<>(announcement, node, now));
        return before == null ? null : before.announcement;
    }

    boolean left(K id) {
        return entries.remove(id) != null;
    }

    List<K> nodeLeft(String node) {
        return removeIf(entry -> entry.node.equals(node));
    }

    List<K> expired(long now) {
        return removeIf(entry -> now - entry.seenAt > ttlMillis);
    }

    Collection<K> ids() {
        return entries.keySet();
    }

    /** Makes something of the last announcement and when it came; null if that id is not there. */
    <T> @Nullable T sighting(K id, BiFunction<A, Long, T> view) {
        Entry<A> entry = entries.get(id);
        return entry == null ? null : view.apply(entry.announcement, entry.seenAt);
    }

    List<A> announcements() {
        return entries.values().stream().map(Entry::announcement).toList();
    }

    int size() {
        return entries.size();
    }

    private List<K> removeIf(Predicate<Entry<A>> gone) {
        List<K> ids = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (gone.test(entry)) {
                ids.add(id);
            }
        });
        ids.forEach(entries::remove);
        return ids;
    }
}
