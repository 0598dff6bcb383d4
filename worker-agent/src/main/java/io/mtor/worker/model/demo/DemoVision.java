// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.vertx.core.WorkerExecutor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Says what can be measured in a picture, and that it does not see more. */
final class DemoVision implements Run {

    /** A picture of a few kilobytes can claim to be as large as a town; such are not unpacked. */
    private static final long MAX_PIXELS = 40_000_000;

    private boolean over;

    DemoVision(WorkerExecutor threads, Intent intent, ChunkSink sink) {
        threads.<String>executeBlocking(() -> describe(intent), false).onComplete(said -> {
            if (over) {
                return;
            }
            over = true;
            if (said.failed()) {
                sink.failed(Cause.BAD_INPUT, String.valueOf(said.cause().getMessage()));
            } else {
                sink.text(said.result());
                sink.completed(null, null);
            }
        });
    }

    private static String describe(Intent intent) throws IOException {
        Media first = intent.media().isEmpty() ? null : intent.media().get(0);
        Bytes data = first == null ? null : first.data();
        if (first == null || data == null) {
            throw new IOException("vision needs a picture");
        }
        return DemoWords.picture(intent.text(), first.mediaType(), data.length(), PictureFacts.of(read(data)));
    }

    private static BufferedImage read(Bytes data) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(data.array()))) {
            ImageReader reader = reader(in);
            if (reader == null) {
                throw new IOException("the demo reads PNG, JPEG and GIF");
            }
            try {
                reader.setInput(in);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
                    throw new IOException("the picture has more than " + MAX_PIXELS + " points");
                }
                return reader.read(0);
            } catch (RuntimeException e) {
                throw new IOException("the picture is damaged", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static @Nullable ImageReader reader(ImageInputStream in) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        return readers.hasNext() ? readers.next() : null;
    }

    @Override
    public void cancel() {
        over = true;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
}
