// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Real pictures, small ones. */
public final class Paintings {

    private Paintings() {}

    public static byte[] png(int side) {
        return encoded(side, "png");
    }

    public static byte[] jpeg(int side) {
        return encoded(side, "jpeg");
    }

    private static byte[] encoded(int side, String format) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
