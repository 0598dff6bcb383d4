// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.control.Controlled;
import io.mtor.worker.control.StatusJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The agent of this process, as its owner sees it.
 *
 * @param where what it joins, for people
 */
record RunningAgent(WorkerAgentVerticle agent, OwnerWatch watch, String where) implements Controlled {

    @Override
    public JsonObject status() {
        var workers = new JsonArray();
        agent.offered()
                .forEach((name, serving) ->
                        workers.add(StatusJson.worker(name, serving.offers(), serving.slots(), agent.speeds(name))));
        return new JsonObject()
                .put("host", agent.hostName())
                .put("realm", new JsonObject().put("where", where).put("joined", agent.isIn()))
                .put("availability", StatusJson.availability(watch.availability()))
                .put("workers", workers)
                .put("today", StatusJson.journal(watch.page()))
                .put("machine", StatusJson.machine(watch.senses()));
    }

    @Override
    public Future<?> pause(@Nullable Duration time) {
        return watch.pause(time);
    }

    @Override
    public Future<?> resume() {
        return watch.resume();
    }

    /** As with Ctrl-C, which drains. */
    @Override
    @SuppressWarnings("SystemExitOutsideMain")
    public Future<?> leave() {
        Thread.ofPlatform().name("leave").start(() -> System.exit(0));
        return Future.succeededFuture();
    }
}
