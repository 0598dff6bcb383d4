// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.realm.client.core.ClientCore;
import io.mtor.realm.client.core.ClientSettings;
import io.mtor.realm.client.core.Link;
import io.mtor.realm.client.core.Moment;
import io.mtor.realm.client.core.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of a realm: sends intents, shows their answers, and goes on at another gateway when one is lost.
 *
 * <p>Not thread-safe: to be used on the context it was opened on, where its listeners are called too. What it does is
 * decided by {@link ClientCore}; this carries it out.
 */
public final class MtorClient {

    private static final int LARGE_TEXT = 16 << 20;
    private static final int MAX_CONNECTIONS = 100_000;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final ClientCore core;
    private final Map<IntentId, Answer> answers = new HashMap<>();
    private final Promise<Void> ready = Promise.promise();

    private Consumer<ServerMessage> other = message -> {};
    private Consumer<Link> linkListener = link -> {};
    private @Nullable Wire wire;
    private long timer = -1;
    private long timerDue = Long.MAX_VALUE;
    private boolean closed;

    private MtorClient(Vertx vertx, WebSocketClient sockets, ClientSettings settings) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.core = new ClientCore(settings, chance());
    }

    /** Opens one, which looks for a gateway at once. */
    public static MtorClient open(Vertx vertx, WebSocketClient sockets, ClientSettings settings) {
        var client = new MtorClient(vertx, sockets, settings);
        client.run(client.core.open(now()));
        return client;
    }

    /** What clients connect by: as many as one likes share one, which has to live as long as they do. */
    public static WebSocketClient sockets(Vertx vertx) {
        return vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(LARGE_TEXT)
                .setMaxMessageSize(LARGE_TEXT)
                .setMaxConnections(MAX_CONNECTIONS)
                .setConnectTimeout(5_000));
    }

    /** Hears messages that belong to no open intent of this client. */
    public MtorClient onOther(Consumer<ServerMessage> listener) {
        other = listener;
        return this;
    }

    /** Hears when a connection is found and lost. */
    public MtorClient onLink(Consumer<Link> listener) {
        linkListener = listener;
        return this;
    }

    /** Succeeds when a gateway has spoken for the first time; fails if none was found. */
    public Future<Void> ready() {
        return ready.future();
    }

    public boolean isUp() {
        return core.isUp();
    }

    /** Sends work, now or as soon as there is a connection, until its terminal message has come. */
    public Answer ask(ClientMessage.Work work, Answer.Listener listener) {
        var answer = new Answer(work.guid(), listener);
        if (closed) {
            answer.fail(new IllegalStateException("the client was closed"));
            return answer;
        }
        List<Step> steps = core.ask(work, now());
        answers.put(work.guid(), answer);
        run(steps);
        return answer;
    }

    public void cancel(IntentId guid) {
        run(core.cancel(guid));
    }

    /** Wants the state of the realm, or does so no longer; it is told as what belongs to no intent. */
    public void watch(boolean on) {
        run(core.watch(on));
    }

    /** Sends this if there is a connection, and forgets it. */
    public void send(ClientMessage message) {
        run(core.send(message));
    }

    /** Goes on at other gateways, with all that is open. */
    public void moveTo(List<URI> gateways) {
        run(core.moveTo(gateways, now()));
    }

    /** Lets go of everything. */
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
        letGo();
        var cause = new IllegalStateException("the client was closed");
        answers.values().forEach(answer -> answer.fail(cause));
        answers.clear();
        ready.tryFail(cause);
    }

    private static Moment now() {
        return new Moment(System.nanoTime() / 1_000_000, chance());
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    private void run(List<Step> steps) {
        for (Step step : steps) {
            // Whoever was told something may have closed us.
            if (closed) {
                return;
            }
            run(step);
        }
        wakeWhenDue();
    }

    private void run(Step step) {
        switch (step) {
            case Step.Connect(var gateway) -> wire = Wire.connect(sockets, gateway, new Heard());
            case Step.Drop() -> letGo();
            case Step.Send(var message) -> onWire(open -> open.send(message));
            case Step.Upload(var stream, var bytes) -> onWire(open -> open.upload(stream, bytes));
            case Step.Tell(var guid, var message) -> {
                onAnswer(guid, answer -> answer.hear(message));
                if (message.isTerminal()) {
                    answers.remove(guid);
                }
            }
            case Step.TellMedia(var guid, var media) -> onAnswer(guid, answer -> answer.hear(media));
            case Step.TellOther(var message) -> other.accept(message);
            case Step.TellLink(var link) -> tell(link);
            case Step.Fail(var guid, var tried) -> {
                onAnswer(guid, answer -> answer.fail(new NoGatewayException(tried)));
                answers.remove(guid);
            }
        }
    }

    private void onAnswer(IntentId guid, Consumer<Answer> action) {
        Answer answer = answers.get(guid);
        if (answer != null) {
            action.accept(answer);
        }
    }

    private void onWire(Consumer<Wire> action) {
        if (wire != null) {
            action.accept(wire);
        }
    }

    private void tell(Link link) {
        linkListener.accept(link);
        switch (link) {
            case Link.Up up -> ready.tryComplete();
            case Link.Lost lost -> {}
            case Link.GaveUp(var tried) -> ready.tryFail(new NoGatewayException(tried));
        }
    }

    private void letGo() {
        if (wire != null) {
            wire.letGo();
            wire = null;
        }
    }

    /** One timer, set anew only when it would be late; when it is early it finds nothing to do. */
    private void wakeWhenDue() {
        long due = core.due();
        if (closed || due >= timerDue) {
            return;
        }
        vertx.cancelTimer(timer);
        timerDue = due;
        timer = vertx.setTimer(Math.max(1, due - now().now()), ignored -> {
            timerDue = Long.MAX_VALUE;
            run(core.tick(now()));
        });
    }

    private final class Heard implements Wire.Events {

        @Override
        public void connected() {
            run(core.connected(now()));
        }

        @Override
        public void refused(String why, long retryAfterMillis) {
            run(core.refused(why, retryAfterMillis, now()));
        }

        @Override
        public void text(String frame) {
            ServerMessage message;
            try {
                message = ProtocolJson.decodeServer(frame);
            } catch (IllegalArgumentException e) {
                // A gateway newer than this client may say what it does not understand.
                return;
            }
            run(core.heard(message, now()));
        }

        @Override
        public void binary(Buffer frame) {
            run(core.heard(frame.getBytes(), now()));
        }

        @Override
        public void lost(String why) {
            run(core.lost(why, now()));
        }
    }
}
