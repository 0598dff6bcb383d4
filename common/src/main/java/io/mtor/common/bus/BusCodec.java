// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands messages over as they are inside a JVM, and as {@link RecordCodec} bytes between JVMs. */
final class BusCodec implements MessageCodec<BusMessage, BusMessage> {

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
    public void encodeToWire(Buffer buffer, BusMessage message) {
        byte[] bytes = BusFormat.CODEC.encode(message);
        buffer.appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    public BusMessage decodeFromWire(int pos, Buffer buffer) {
        int length = buffer.getInt(pos);
        return BusFormat.CODEC.decode(buffer.getBytes(pos + Integer.BYTES, pos + Integer.BYTES + length));
    }

    @Override
    public BusMessage transform(BusMessage message) {
        return message;
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
