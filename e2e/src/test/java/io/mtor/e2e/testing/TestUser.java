// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.realm.client.Answer;
import io.mtor.realm.client.MtorClient;
import io.mtor.realm.client.core.ClientSettings;
import io.mtor.realm.client.core.Link;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Somebody with a client, who remembers what was said. Calls may come from the test's thread; all of it happens on one
 * event loop.
 */
public final class TestUser implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private static final WebSocketClient SOCKETS = MtorClient.sockets(VERTX);

    private static final Link NONE = new Link.GaveUp(List.of());

    private final Context context = VERTX.getOrCreateContext();
    private final List<ServerMessage> other = new CopyOnWriteArrayList<>();
    private final MtorClient client;
    private volatile Consumer<ServerMessage> ear = message -> {};
    private volatile Link link = NONE;

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

    /** Connects to one of these gateways; when that is lost, by itself to another, or to the same when it is back. */
    public TestUser(String name, URI... gateways) {
        this(name, List.of(gateways));
        Await.result(client.ready());
    }

    private TestUser(String name, List<URI> gateways) {
        var settings = ClientSettings.of(gateways, new UserId(name));
        client = on(() -> Future.succeededFuture(
                MtorClient.open(VERTX, SOCKETS, settings).onOther(other::add).onLink(now -> link = now)));
    }

    /** So many at once, all connected. */
    public static List<TestUser> crowd(int size, List<URI> gateways) {
        List<TestUser> crowd = IntStream.range(0, size)
                .mapToObj(i -> new TestUser("one-of-many-" + i, gateways))
                .toList();
        crowd.forEach(user -> Await.result(user.client.ready()));
        return crowd;
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

    private void act(Runnable action) {
        on(() -> {
            action.run();
            return Future.<Void>succeededFuture();
        });
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
        act(() -> client.send(message));
    }

    /** Hears each message of an intent, of all users on one event loop, so that their order can be told. */
    public void onEach(Consumer<ServerMessage> listener) {
        ear = listener;
    }

    public void cancel(Asked asked) {
        act(() -> client.cancel(asked.answer().guid()));
    }

    /** What was said that belongs to no intent: welcome, realm, notice, errors without a guid. */
    public List<ServerMessage> other() {
        return other;
    }

    /** The last state of the realm that was told; watches it from the first call on. */
    public ServerMessage.Realm realm() {
        if (other.stream().noneMatch(ServerMessage.Realm.class::isInstance)) {
            act(() -> client.watch(true));
            Await.until("the realm", () -> other.stream().anyMatch(ServerMessage.Realm.class::isInstance));
        }
        return other.stream()
                .filter(ServerMessage.Realm.class::isInstance)
                .map(ServerMessage.Realm.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** Goes on at another gateway with everything that is open; returns when that speaks. */
    public void reconnect(URI gateway) {
        act(() -> {
            link = NONE;
            client.moveTo(List.of(gateway));
        });
        Await.until("a connection to " + gateway, () -> isAt(gateway));
    }

    public boolean isLost() {
        return !(link instanceof Link.Up);
    }

    /** True if this gateway is the one it is connected to. */
    public boolean isAt(URI gateway) {
        return link.equals(new Link.Up(gateway));
    }

    @Override
    public void close() {
        act(client::close);
    }
}
