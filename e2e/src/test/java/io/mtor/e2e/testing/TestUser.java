// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.realm.client.Answer;
import io.mtor.realm.client.MtorClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Somebody with one connection to a gateway, who remembers what was said. Calls may come from the test's thread; all of
 * it happens on the connection's own event loop.
 */
public final class TestUser implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    private final UserId user;
    private final Context context = VERTX.getOrCreateContext();
    private final List<ServerMessage> other = new CopyOnWriteArrayList<>();
    private volatile MtorClient client;
    private volatile Consumer<ServerMessage> ear = message -> {};

    /** What one intent's client was told, in order. */
    public record Asked(Answer answer, List<ServerMessage> messages) {

        /** Waits for the end. */
        public ServerMessage end() {
            return Await.result(answer.terminal());
        }

        /** Waits for a result, and fails with the error if there is none. */
        public ServerMessage.Result result() {
            ServerMessage end = end();
            if (end instanceof ServerMessage.Result result) {
                return result;
            }
            throw new AssertionError("no result but " + end);
        }

        /** Waits for an error. */
        public ServerMessage.Failure failure() {
            ServerMessage end = end();
            if (end instanceof ServerMessage.Failure failure) {
                return failure;
            }
            throw new AssertionError("no error but " + end);
        }

        /** Those of one kind, so far. */
        public <M extends ServerMessage> List<M> all(Class<M> kind) {
            return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        /** Waits for one of a kind. */
        public <M extends ServerMessage> M first(Class<M> kind) {
            Await.until(
                    "a message " + kind.getSimpleName(),
                    () -> !all(kind).isEmpty() || answer.terminal().isComplete());
            return all(kind).stream()
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("it ended without a " + kind.getSimpleName() + ": " + messages));
        }
    }

    /** Connects. */
    public TestUser(String name, URI gateway) {
        this.user = new UserId(name);
        this.client = connect(gateway);
    }

    private MtorClient connect(URI gateway) {
        return on(() -> {
            Promise<MtorClient> connected = Promise.promise();
            MtorClient.connect(VERTX, gateway, user)
                    .onSuccess(now -> now.onOther(other::add))
                    .onComplete(connected);
            return connected.future();
        });
    }

    private <T> T on(Callable<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                action.call().onComplete(done);
            } catch (Exception e) {
                done.tryFail(e);
            }
        });
        return Await.result(done.future());
    }

    /** Sends streamed work. */
    public Asked ask(String type, String text) {
        return ask(type, text, UnaryOperator.identity());
    }

    /** Sends work after the test has changed it. */
    public Asked ask(String type, String text, UnaryOperator<ClientMessage.Work> change) {
        ClientMessage.Work work = change.apply(ClientMessage.Work.of(IntentId.random(), new QueryType(type), text, null)
                .streamed());
        List<ServerMessage> messages = new CopyOnWriteArrayList<>();
        return on(() -> {
            Answer answer = client.ask(work, message -> {
                messages.add(message);
                ear.accept(message);
            });
            return Future.succeededFuture(new Asked(answer, messages));
        });
    }

    /** Sends any message. */
    public void send(ClientMessage message) {
        on(() -> {
            client.send(message);
            return Future.<Void>succeededFuture();
        });
    }

    /** Hears each message of an intent, of all users on one event loop, so that their order can be told. */
    public void onEach(Consumer<ServerMessage> listener) {
        ear = listener;
    }

    public void cancel(Asked asked) {
        send(new ClientMessage.Cancel(asked.answer().guid(), null));
    }

    /** What was said that belongs to no intent: welcome, realm, notice, errors without a guid. */
    public List<ServerMessage> other() {
        return other;
    }

    /** The last state of the realm that was told; watches it from the first call on. */
    public ServerMessage.Realm realm() {
        if (other.stream().noneMatch(ServerMessage.Realm.class::isInstance)) {
            send(new ClientMessage.Watch("realm", true));
            Await.until("the realm", () -> other.stream().anyMatch(ServerMessage.Realm.class::isInstance));
        }
        return other.stream()
                .filter(ServerMessage.Realm.class::isInstance)
                .map(ServerMessage.Realm.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** Goes on at another gateway with everything that is open, as a browser does. */
    public void reconnect(URI gateway) {
        MtorClient before = client;
        client =
                on(() -> MtorClient.connect(VERTX, gateway, user, before.have()).map(now -> {
                    now.onOther(other::add);
                    before.openWork().forEach(work -> now.resend(work, before.answer(work.guid())));
                    return now;
                }));
    }

    public boolean isLost() {
        return client.isLost();
    }

    @Override
    public void close() {
        on(() -> client.close().otherwiseEmpty());
    }
}
