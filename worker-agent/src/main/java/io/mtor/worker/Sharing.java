// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.turn.Turn;
import io.mtor.worker.turn.TurnTaking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The workers of this host of which only one works at a time, such as a picture and a language model on one GPU. */
final class Sharing {

    /** How often to look whose turn it is. */
    static final long LOOK_MILLIS = 100;

    private final Vertx vertx;
    private final List<String> names;
    private final Turn turn = new Turn();
    private final Map<String, Supplier<Future<Void>>> unloads = new ConcurrentHashMap<>();

    /** @param names of workers; those of further servers of a kind have a number behind it */
    Sharing(Vertx vertx, List<String> names) {
        this.vertx = vertx;
        this.names = List.copyOf(names);
    }

    boolean isWanted() {
        return !names.isEmpty();
    }

    private boolean isMeant(String worker) {
        return names.stream().anyMatch(name -> worker.equals(name) || worker.startsWith(name + "-"));
    }

    /** The model server of a worker, which takes turns if it is to. */
    ModelServer takingTurns(Found found) {
        if (!isMeant(found.name())) {
            return found.server();
        }
        unloads.put(found.name(), found.unload());
        return new TurnTaking(vertx, found.server(), found.name(), turn, this::unload, Sharing::now);
    }

    private Future<Void> unload(String worker) {
        Supplier<Future<Void>> known = unloads.get(worker);
        return known == null ? Future.succeededFuture() : known.get();
    }

    /** What it can do now: without a slot while it is another one's turn. */
    Serving now(String worker, Serving whole) {
        boolean waits = isMeant(worker) && turn.isClosedFor(worker, now());
        return waits ? new Serving(whole.offers(), 0, whole.synthetic()) : whole;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
