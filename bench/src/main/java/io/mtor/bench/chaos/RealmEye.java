// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.realm.client.MtorClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at the realm as one gateway sees it now. Used by one thread. */
final class RealmEye implements AutoCloseable {

    private static final long LIMIT_SECONDS = 2;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();

    /** Empty if it does not answer. */
    Optional<ServerMessage.Realm> look(URI gateway) {
        Promise<ServerMessage.Realm> seen = Promise.promise();
        context.runOnContext(go -> MtorClient.connect(vertx, gateway, new UserId("eye"))
                .compose(client -> watch(client).eventually(client::close))
                .onComplete(seen));
        try {
            return Optional.of(
                    seen.future().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Future<ServerMessage.Realm> watch(MtorClient client) {
        Promise<ServerMessage.Realm> seen = Promise.promise();
        client.onOther(message -> {
            if (message instanceof ServerMessage.Realm realm) {
                seen.tryComplete(realm);
            }
        });
        client.onClosed(() -> seen.tryFail("the gateway is gone"));
        client.send(new ClientMessage.Watch("realm", true));
        return seen.future();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
