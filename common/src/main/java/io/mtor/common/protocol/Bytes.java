// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * Bytes as an immutable value; base64 in JSON.
 *
 * <p>The array is neither copied on the way in nor on the way out, so that a picture crosses the realm without copies:
 * who hands one over must not write to it again, and who takes one must not write to it at all.
 */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    @JsonCreator
    public static Bytes of(byte[] array) {
        return new Bytes(array);
    }

    /** The bytes themselves, for reading only. */
    @JsonValue
    public byte[] array() {
        return array;
    }

    public int length() {
        return array.length;
    }

    /** A copy of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return from == 0 && to == array.length ? this : new Bytes(Arrays.copyOfRange(array, from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The length only, so that no content reaches a log. */
    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
