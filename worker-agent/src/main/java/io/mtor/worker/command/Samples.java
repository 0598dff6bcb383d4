// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Small intents of each query type that we know, which cost a model server little. */
final class Samples {

    private static final int SIDE = 64;

    private static final int SECOND = 16_000;

    private Samples() {}

    /** Null for a query type of somebody else: nobody knows what it wants. */
    static @Nullable Intent of(Offer offer) {
        QueryType type = offer.queryType();
        return switch (type.value()) {
            case "chat" -> intent(type, "Say hello in one word.", List.of());
            case "vision" -> intent(type, "Which colour is this?", List.of(picture()));
            case "read" -> intent(type, "", List.of(picture()));
            case "imagine" -> intent(type, "a red ball", List.of());
            case "speak" -> intent(type, "Hello.", List.of());
            case "transcribe" -> intent(type, "", List.of(silence()));
            case "embed" -> intent(type, "hello", List.of());
            default -> null;
        };
    }

    /** A longer answer, so that its speed can be told. */
    static @Nullable Intent forSpeed(Offer offer) {
        return offer.queryType().equals(QueryType.CHAT)
                ? intent(QueryType.CHAT, "Count from one to forty in words.", List.of())
                : of(offer);
    }

    private static Intent intent(QueryType type, String text, List<Media> media) {
        var key = new IntentKey(
                new UserId("owner"), new IntentId(UUID.randomUUID().toString()));
        return new Intent(
                key,
                type,
                text,
                null,
                List.of(),
                media,
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.ANY,
                false,
                null);
    }

    private static Media picture() {
        var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Media.whole("image/png", Bytes.of(out.toByteArray()));
    }

    /** A second of it, as 16 bit at 16 kHz. */
    private static Media silence() {
        int bytes = 2 * SECOND;
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(SECOND).putInt(2 * SECOND);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return Media.whole("audio/wav", Bytes.of(wav.array()));
    }
}
