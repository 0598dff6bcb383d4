// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An intent for a test, changed by its {@code with} methods.
 *
 * @param number becomes its guid
 */
public record Intents(
        long number,
        String user,
        QueryType queryType,
        @Nullable String model,
        Priority priority,
        boolean detach,
        String gateway,
        int attempt,
        List<WorkerId> excluded,
        long ttlMillis) {

    public static Intents chat(long number) {
        return of(number, QueryType.CHAT);
    }

    public static Intents of(long number, QueryType type) {
        return new Intents(number, "u" + number, type, null, Priority.INTERACTIVE, false, "g", 1, List.of(), 600_000);
    }

    public static IntentKey key(String user, long number) {
        return new IntentKey(new UserId(user), new IntentId(String.format("00000000-0000-0000-0000-%012x", number)));
    }

    public IntentKey key() {
        return key(user, number);
    }

    public Intents by(String another) {
        return new Intents(number, another, queryType, model, priority, detach, gateway, attempt, excluded, ttlMillis);
    }

    public Intents model(String another) {
        return new Intents(number, user, queryType, another, priority, detach, gateway, attempt, excluded, ttlMillis);
    }

    public Intents priority(Priority another) {
        return new Intents(number, user, queryType, model, another, detach, gateway, attempt, excluded, ttlMillis);
    }

    public Intents detached() {
        return new Intents(number, user, queryType, model, priority, true, gateway, attempt, excluded, ttlMillis);
    }

    public Intents through(String another) {
        return new Intents(number, user, queryType, model, priority, detach, another, attempt, excluded, ttlMillis);
    }

    public Intents attempt(int another, String... without) {
        List<WorkerId> ids = List.of(without).stream().map(WorkerId::new).toList();
        return new Intents(number, user, queryType, model, priority, detach, gateway, another, ids, ttlMillis);
    }

    public Intents ttl(long millis) {
        return new Intents(number, user, queryType, model, priority, detach, gateway, attempt, excluded, millis);
    }

    public Place place() {
        var intent = new Intent(
                key(),
                queryType,
                "hello",
                model,
                List.of(),
                List.of(),
                Parameters.NONE,
                priority,
                Privacy.ANY,
                detach,
                null);
        return new Place(intent, new GatewayId(gateway), attempt, excluded, ttlMillis);
    }
}
