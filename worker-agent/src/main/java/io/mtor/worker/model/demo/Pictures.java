// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as media. */
final class Pictures {

    static {
        ImageIO.setUseCache(false);
    }

    private Pictures() {}

    static Media png(BufferedImage picture) {
        return encoded(picture, "png");
    }

    /** A small JPEG of it, this wide. */
    static Media preview(BufferedImage picture, int width) {
        return encoded(scaled(picture, width), "jpeg");
    }

    /** The same picture in this width. */
    static BufferedImage scaled(BufferedImage picture, int width) {
        int height = Math.max(1, picture.getHeight() * width / picture.getWidth());
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }

    private static Media encoded(BufferedImage picture, String format) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, out)) {
                throw new IllegalStateException("this Java writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Media.whole("image/" + format, Bytes.of(out.toByteArray()));
    }
}
