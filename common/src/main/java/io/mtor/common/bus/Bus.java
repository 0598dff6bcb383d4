// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The event bus with types: at most once, ordered from one sender to one receiver, no back-pressure. Whatever must
 * arrive is asked for again by whoever needs it.
 *
 * <p>Handlers run on the context that registered them.
 */
public final class Bus {

    private static final Logger LOGGER = LoggerFactory.getLogger(Bus.class);

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
        var reader = new Reader<>(at);
        MessageConsumer<M> consumer =
                eventBus.consumer(at.value(), message -> reader.read(message).ifPresent(handler));
        return new Listening(consumer.completion(), consumer);
    }

    /**
     * Takes a message out of its envelope, which is where it is decoded. One that cannot be read, from a newer version or
     * a stranger, is dropped: the first at an address is worth a warning, a storm of them is not.
     */
    private static final class Reader<M extends BusMessage> {

        private final Address<M> at;

        private boolean hasWarned;

        Reader(Address<M> at) {
            this.at = at;
        }

        Optional<M> read(Message<?> message) {
            try {
                return Optional.of(at.kind().cast(message.body()));
            } catch (IllegalArgumentException | ClassCastException e) {
                LOGGER.atLevel(hasWarned ? Level.DEBUG : Level.WARN)
                        .addKeyValue("address", at.value())
                        .addKeyValue("reason", e.getMessage())
                        .log("dropped a message that cannot be read; further ones are not reported");
                hasWarned = true;
                return Optional.empty();
            }
        }
    }

    /** A registration of a listener. */
    public record Listening(Future<Void> ready, MessageConsumer<?> consumer) {

        /** Stops listening, everywhere. */
        public Future<Void> stop() {
            return consumer.unregister();
        }
    }
}
