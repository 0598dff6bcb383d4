// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Function;

/** Reads an answer that means nothing before its last byte. Each chunk of it is a sign of life. */
public final class Whole implements Decoder {

    private final int maxBytes;

    private final Function<byte[], List<Answer>> meaning;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /**
     * For one answer.
     *
     * @param maxBytes a longer body is a failure
     * @param meaning of the whole body; it ends with {@code Done} or {@code Broken}
     */
    public Whole(int maxBytes, Function<byte[], List<Answer>> meaning) {
        this.maxBytes = maxBytes;
        this.meaning = meaning;
    }

    @Override
    public List<Answer> feed(byte[] chunk) {
        if (chunk.length > maxBytes - body.size()) {
            return List.of(new Answer.Broken(Cause.FAILED, "the model server sent more than " + maxBytes + " bytes"));
        }
        body.writeBytes(chunk);
        return List.of(new Answer.Alive());
    }

    @Override
    public List<Answer> end() {
        return meaning.apply(body.toByteArray());
    }
}
