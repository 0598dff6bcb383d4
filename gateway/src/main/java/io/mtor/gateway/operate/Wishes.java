// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are to drain, or to take work again, and have not said yet that they do. A message may be lost, so it is
 * sent again until the worker's announcements show it; then the wish is forgotten, and from then on only the worker knows.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds).
 */
public final class Wishes {

    private static final long REPEAT_MILLIS = 500;

    /** Longer than the realm believes in a worker that says nothing. */
    private static final long PATIENCE_MILLIS = 6_000;

    private static final int MAX = 1_000;

    private final Map<WorkerId, Pending> pending = new LinkedHashMap<>();

    private static final class Pending {
        private final Wish wish;
        private final long since;
        private long sentAt;

        Pending(Wish wish, long now) {
            this.wish = wish;
            this.since = now;
            this.sentAt = now;
        }
    }

    /**
     * What is wanted.
     *
     * @param on true to drain
     * @param connection of the operator who wants it
     */
    public record Wish(WorkerId worker, boolean on, long connection) {}

    /** What is to be done. */
    public sealed interface Effect {

        /** Tell the worker. */
        record Send(Wish wish) implements Effect {}

        /** Nothing came of it: tell the operator. */
        record Failed(Wish wish, String why) implements Effect {}
    }

    /** Takes a wish, in place of one for the same worker before. */
    public Effect want(Wish wish, long now) {
        pending.remove(wish.worker());
        if (pending.size() >= MAX) {
            return new Effect.Failed(wish, "too many workers have not answered yet");
        }
        pending.put(wish.worker(), new Pending(wish, now));
        return new Effect.Send(wish);
    }

    /**
     * Time has passed.
     *
     * @param seen what is known of a worker; null if it is not there
     */
    public List<Effect> tick(Function<WorkerId, @Nullable Sight> seen, long now) {
        List<Effect> effects = new ArrayList<>();
        for (Iterator<Pending> each = pending.values().iterator(); each.hasNext(); ) {
            Pending next = each.next();
            Sight sight = seen.apply(next.wish.worker());
            if (sight == null) {
                effects.add(new Effect.Failed(next.wish, "it is gone"));
                each.remove();
            } else if (sight.seenAt() >= next.since && sight.draining() == next.wish.on()) {
                each.remove();
            } else if (now - next.since >= PATIENCE_MILLIS) {
                effects.add(new Effect.Failed(next.wish, why(next.wish)));
                each.remove();
            } else if (now - next.sentAt >= REPEAT_MILLIS) {
                next.sentAt = now;
                effects.add(new Effect.Send(next.wish));
            }
        }
        return effects;
    }

    private static String why(Wish wish) {
        return wish.on() ? "it does not answer" : "it does not take work again; it may be about to leave";
    }
}
