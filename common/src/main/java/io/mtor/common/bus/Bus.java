// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * The event bus with types: at most once, ordered from one sender to one receiver, no back-pressure. Whatever must
 * arrive is asked for again by whoever needs it.
 *
 * <p>Handlers run on the context that registered them.
 */
public final class Bus {

    private final EventBus eventBus;

    private final DeliveryOptions options = new DeliveryOptions().setCodecName(BusCodec.NAME);

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** The bus of this Vert.x; may be called any number of times. */
    public static Bus of(Vertx vertx) {
        BusCodec.registerOn(vertx.eventBus());
        return new Bus(vertx.eventBus());
    }

    /** Sends to the one listener of the address; a message to nobody is dropped in silence. */
    public <M extends BusMessage> void send(Address<M> to, M message) {
        eventBus.send(to.value(), message, options);
    }

    /** Sends to every listener of the address. */
    public <M extends BusMessage> void publish(Address<M> to, M message) {
        eventBus.publish(to.value(), message, options);
    }

    /** Listens; the registration is known to the whole cluster when {@link Listening#ready} completes. */
    public <M extends BusMessage> Listening listen(Address<M> at, Consumer<? super M> handler) {
        MessageConsumer<M> consumer = eventBus.consumer(
                at.value(), message -> handler.accept(at.kind().cast(message.body())));
        return new Listening(consumer.completion(), consumer);
    }

    /** A registration of a listener. */
    public record Listening(Future<Void> ready, MessageConsumer<?> consumer) {

        /** Stops listening, everywhere. */
        public Future<Void> stop() {
            return consumer.unregister();
        }
    }
}
