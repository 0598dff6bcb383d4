// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.UserId;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Intents to try things with. */
public final class Intents {

    public static final GatewayId GATEWAY = new GatewayId("g1");

    public static final DispatcherId DISPATCHER = new DispatcherId("d1");

    private static final UserId USER = new UserId("u1");

    private Intents() {}

    /** The key of the n-th intent. */
    public static IntentKey key(int n) {
        return new IntentKey(USER, new IntentId(new UUID(0x4000, 0x8000_0000_0000_0000L + n).toString()));
    }

    public static Intent chat(int n, String text) {
        return intent(n, QueryType.CHAT, text, null, List.of());
    }

    public static Intent intent(int n, QueryType type, String text, @Nullable String model, List<Media> media) {
        return new Intent(
                key(n),
                type,
                text,
                model,
                List.<Turn>of(),
                media,
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.ANY,
                false,
                null);
    }

    /** The same intent with these settings. */
    public static Intent with(Intent intent, String parameters) {
        return new Intent(
                intent.key(),
                intent.queryType(),
                intent.text(),
                intent.model(),
                intent.conversation(),
                intent.media(),
                new Parameters(parameters),
                intent.priority(),
                intent.privacy(),
                intent.detach(),
                null);
    }

    public static Intent transcribe(int n, byte[] wav) {
        return intent(n, QueryType.TRANSCRIBE, "", null, List.of(Media.whole("audio/wav", Bytes.of(wav))));
    }

    public static Intent speak(int n, String text) {
        return intent(n, QueryType.SPEAK, text, null, List.of());
    }

    /** The same intent, going on without its client. */
    public static Intent detached(Intent intent) {
        return new Intent(
                intent.key(),
                intent.queryType(),
                intent.text(),
                intent.model(),
                intent.conversation(),
                intent.media(),
                intent.parameters(),
                intent.priority(),
                intent.privacy(),
                true,
                null);
    }

    /** A first attempt, with a minute to go. */
    public static Assign assign(Intent intent) {
        return assign(intent, 1);
    }

    public static Assign assign(Intent intent, int attempt) {
        return new Assign(intent, GATEWAY, DISPATCHER, attempt, 60_000, 12, 3);
    }

    /** Calls something on an event loop and waits for what it returns. */
    public static <T> T onContext(Vertx vertx, Supplier<T> action) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> promise.complete(action.get()));
        return promise.future().await();
    }
}
