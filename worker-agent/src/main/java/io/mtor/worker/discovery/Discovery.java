// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Looks at every place again and again: seldom while all is well, often while something is missing. */
public final class Discovery {

    /** Told of what is new; on the event loop that started the discovery. */
    public interface Listener {

        /** @param endpoint where in the place somebody was */
        void news(Place place, Endpoint endpoint, Sightings.News news);
    }

    /** How often to look. */
    public record Pace(Duration every, Duration hungry, RandomGenerator random) {

        /** A tenth more or less, so that the agents of a room do not look in step. */
        private long nextMillis(boolean isHungry) {
            long millis = (isHungry ? hungry : every).toMillis();
            return Math.max(1, millis - millis / 10 + random.nextLong(millis / 5 + 1));
        }
    }

    private final Vertx vertx;

    private final Prober prober;

    private final List<Place> places;

    private final Pace pace;

    private final Sightings sightings;

    private final Set<String> looking = new HashSet<>();

    private @Nullable Listener listener;

    /** While everything starts, here and there, an answer may come too late: the second look comes soon. */
    private boolean isSecondDue = true;

    public Discovery(Vertx vertx, Prober prober, List<Place> places, Pace pace, int missesAllowed) {
        this.vertx = vertx;
        this.prober = prober;
        this.places = List.copyOf(places);
        this.pace = pace;
        this.sightings = new Sightings(missesAllowed);
    }

    /** Looks everywhere at once and from then on by itself; completes after the first look. */
    public Future<Void> start(Listener news) {
        listener = news;
        return lookEverywhere();
    }

    private Future<Void> lookEverywhere() {
        return Future.all(places.stream().map(this::look).toList())
                .<Void>mapEmpty()
                .onComplete(done -> {
                    long millis = pace.nextMillis(isSecondDue || sightings.isHungry());
                    isSecondDue = false;
                    vertx.setTimer(millis, again -> lookEverywhere());
                });
    }

    /** Looks at one place now; does nothing if a look is under way there. */
    public Future<Void> look(Place place) {
        if (!looking.add(place.name())) {
            return Future.succeededFuture();
        }
        return look(place, 0).onComplete(done -> looking.remove(place.name()));
    }

    private Future<Void> look(Place place, int address) {
        Endpoint endpoint = place.addresses().get(address);
        return prober.look(place, endpoint).compose(sight -> {
            boolean more = address + 1 < place.addresses().size();
            if (sight instanceof Sight.Nobody && more) {
                return look(place, address + 1);
            }
            Listener told = listener;
            if (told != null) {
                sightings.saw(place.name(), sight).ifPresent(news -> told.news(place, endpoint, news));
            }
            return Future.succeededFuture();
        });
    }
}
