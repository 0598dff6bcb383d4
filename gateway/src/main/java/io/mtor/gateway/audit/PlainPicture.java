// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** A picture of one colour, as PNG (W3C, Portable Network Graphics, sections 5 and 11). */
final class PlainPicture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final int BITS_A_SAMPLE = 8;

    private static final int TRUE_COLOUR = 2;

    private PlainPicture() {}

    /**
     * The picture.
     *
     * @param rgb its colour, 0xRRGGBB
     * @param side how wide and high it is, in pixels
     */
    static Bytes png(int rgb, int side) {
        try {
            var out = new ByteArrayOutputStream();
            var data = new DataOutputStream(out);
            data.write(SIGNATURE);
            chunk(data, "IHDR", header(side));
            chunk(data, "IDAT", pixels(rgb, side));
            chunk(data, "IEND", new byte[0]);
            return Bytes.of(out.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] header(int side) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeInt(side);
        data.writeInt(side);
        data.write(new byte[] {BITS_A_SAMPLE, TRUE_COLOUR, 0, 0, 0});
        return out.toByteArray();
    }

    private static byte[] pixels(int rgb, int side) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(out)) {
            for (int row = 0; row < side; row++) {
                deflated.write(0);
                for (int column = 0; column < side; column++) {
                    deflated.write(rgb >> 16);
                    deflated.write(rgb >> 8);
                    deflated.write(rgb);
                }
            }
        }
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
