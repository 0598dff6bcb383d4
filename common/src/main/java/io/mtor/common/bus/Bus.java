// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The event bus with types: at most once, ordered from one sender to one receiver, no back-pressure. Whatever must
 * arrive is asked for again by whoever needs it.
 *
 * <p>What is sent to one address in one turn of the event loop travels as one message at the end of the turn. A worker
 * that accepts, answers and ends within a turn costs one hop, not three; and the busier the realm, the more goes into
 * each hop.
 *
 * <p>One bus belongs to the event loop it was made on; handlers run there. It may be used from other threads, and then
 * sends at once.
 */
public final class Bus {

    private static final Logger LOGGER = LoggerFactory.getLogger(Bus.class);

    private final EventBus eventBus;
    private final ContextInternal context;
    private final DeliveryOptions options = new DeliveryOptions().setCodecName(BusCodec.NAME);
    private Map<String, List<BusMessage>> pending = new LinkedHashMap<>();

    private Bus(EventBus eventBus, ContextInternal context) {
        this.eventBus = eventBus;
        this.context = context;
    }

    /** A bus for the calling context; to be called in the {@code start()} of a verticle. */
    public static Bus of(Vertx vertx) {
        BusCodec.registerOn(vertx.eventBus());
        return new Bus(vertx.eventBus(), (ContextInternal) vertx.getOrCreateContext());
    }

    /** Sends to the one listener of the address; a message to nobody is dropped in silence. */
    public <M extends BusMessage> void send(Address<M> to, M message) {
        if (!context.inThread()) {
            eventBus.send(to.value(), new Batch(List.of(message)), options);
            return;
        }
        if (pending.isEmpty()) {
            context.runOnContext(ignored -> flush());
        }
        pending.computeIfAbsent(to.value(), ignored -> new ArrayList<>(4)).add(message);
    }

    private void flush() {
        Map<String, List<BusMessage>> turn = pending;
        pending = new LinkedHashMap<>();
        turn.forEach((address, messages) -> eventBus.send(address, new Batch(messages), options));
    }

    /** Sends to every listener of the address, after what was sent in this turn before. */
    public <M extends BusMessage> void publish(Address<M> to, M message) {
        if (context.inThread() && !pending.isEmpty()) {
            flush();
        }
        eventBus.publish(to.value(), new Batch(List.of(message)), options);
    }

    /** Listens; the registration is known to the whole cluster when {@link Listening#ready} completes. */
    public <M extends BusMessage> Listening listen(Address<M> at, Consumer<? super M> handler) {
        var reader = new Reader<M>(at, handler);
        MessageConsumer<Object> consumer = eventBus.consumer(at.value(), reader::receive);
        return new Listening(consumer.completion(), consumer);
    }

    /**
     * Takes messages out of their envelope, which is where they are decoded. What cannot be read, from a newer version or
     * a stranger, is dropped: the first at an address is worth a warning, a storm is not. A fault of ours with one message
     * does not take the others of its batch with it.
     */
    private static final class Reader<M extends BusMessage> {

        private final Address<M> at;
        private final Consumer<? super M> handler;
        private boolean hasWarned;

        Reader(Address<M> at, Consumer<? super M> handler) {
            this.at = at;
            this.handler = handler;
        }

        void receive(Message<Object> envelope) {
            for (M message : read(envelope)) {
                try {
                    handler.accept(message);
                } catch (RuntimeException e) {
                    LOGGER.atError()
                            .addKeyValue("address", at.value())
                            .addKeyValue("message", message.getClass().getSimpleName())
                            .setCause(e)
                            .log("a message could not be handled");
                }
            }
        }

        private List<M> read(Message<Object> envelope) {
            try {
                Batch batch = (Batch) envelope.body();
                return batch.messages().stream().map(at.kind()::cast).toList();
            } catch (IllegalArgumentException | ClassCastException e) {
                LOGGER.atLevel(hasWarned ? Level.DEBUG : Level.WARN)
                        .addKeyValue("address", at.value())
                        .addKeyValue("reason", e.getMessage())
                        .log("dropped a message that cannot be read; further ones are not reported");
                hasWarned = true;
                return List.of();
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
