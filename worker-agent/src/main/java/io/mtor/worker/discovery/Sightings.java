// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was seen where, and what follows from the next look: one success is enough, one failure is not. */
public final class Sightings {

    /** What is new at a place. */
    public sealed interface News {

        record Came(Sight.Server server) implements News {}

        record Changed(Sight.Server server) implements News {}

        record Went() implements News {}

        /** For the host: somebody is there but offers nothing. */
        record Idle(Sight.Useless useless) implements News {}
    }

    private record Known(Sight.Server server, int misses) {}

    private final int missesAllowed;

    private final Map<String, Known> known = new LinkedHashMap<>();

    private final Map<String, Sight> told = new LinkedHashMap<>();

    /** @param missesAllowed how many looks in a row must fail before a server counts as gone */
    public Sightings(int missesAllowed) {
        this.missesAllowed = missesAllowed;
    }

    /** True while no model server is known, or one that works for others and may be free soon. */
    public boolean isHungry() {
        return known.isEmpty()
                || known.values().stream()
                        .anyMatch(each -> each.server.serving().slots() == 0);
    }

    /** What this look at this place means. */
    public Optional<News> saw(String place, Sight sight) {
        Optional<News> news = sight instanceof Sight.Server server ? found(place, server) : missed(place, sight);
        told.put(place, sight);
        return news;
    }

    private Optional<News> found(String place, Sight.Server server) {
        Known before = known.put(place, new Known(server, 0));
        if (before == null) {
            return Optional.of(new News.Came(server));
        }
        if (before.server.kind() != server.kind()) {
            // Another program took the port; the next look finds it anew.
            known.remove(place);
            return Optional.of(new News.Went());
        }
        return before.server.equals(server) ? Optional.empty() : Optional.of(new News.Changed(server));
    }

    private Optional<News> missed(String place, Sight sight) {
        Known before = known.get(place);
        if (before == null) {
            boolean newlyIdle = sight instanceof Sight.Useless && !sight.equals(told.get(place));
            return newlyIdle ? Optional.of(new News.Idle((Sight.Useless) sight)) : Optional.empty();
        }
        if (before.misses + 1 < missesAllowed) {
            known.put(place, new Known(before.server, before.misses + 1));
            return Optional.empty();
        }
        known.remove(place);
        return Optional.of(new News.Went());
    }
}
