// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/** Hands messages over as they are inside a JVM, and as {@link RecordCodec} bytes between JVMs. */
final class BusCodec implements MessageCodec<Batch, Batch> {

    static final String NAME = "mtor";

    private static final BusCodec INSTANCE = new BusCodec();

    private BusCodec() {}

    static void registerOn(EventBus eventBus) {
        try {
            eventBus.registerCodec(INSTANCE);
        } catch (IllegalStateException alreadyThere) {
            // One codec for each Vert.x, however many parts of the realm run in it.
        }
    }

    @Override
    public void encodeToWire(Buffer buffer, Batch batch) {
        buffer.appendInt(batch.messages().size());
        for (BusMessage message : batch.messages()) {
            byte[] bytes = BusFormat.CODEC.encode(message);
            buffer.appendInt(bytes.length).appendBytes(bytes);
        }
    }

    /** @throws IllegalArgumentException if the bytes are no messages of ours */
    @Override
    public Batch decodeFromWire(int start, Buffer buffer) {
        try {
            int count = buffer.getInt(start);
            int position = start + Integer.BYTES;
            List<BusMessage> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int end = position + Integer.BYTES + buffer.getInt(position);
                messages.add(BusFormat.CODEC.decode(buffer.getBytes(position + Integer.BYTES, end)));
                position = end;
            }
            return new Batch(messages);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the lengths in a batch do not fit", e);
        }
    }

    @Override
    public Batch transform(Batch batch) {
        return batch;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
