// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Installed;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Vertx;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real programs: those that every Unix has, and espeak-ng and tesseract where they are installed. */
class CommandIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Run start(RecordedSink sink, Intent intent, CommandServer.Shape shape, String... argv) {
        var server = new CommandServer(vertx, new CommandLineTemplate(List.of(argv)), shape);
        return Intents.onContext(vertx, () -> server.run(new Assigned(intent, null, 0, 0), sink));
    }

    private static CommandServer.Shape shape(MediaKind input, String output) {
        return new CommandServer.Shape(input, output, 1 << 20, 20_000);
    }

    @Test
    void shouldSpeakARealSentence() throws IOException, UnsupportedAudioFileException {
        // Given
        Installed.need("espeak-ng");
        var sink = new RecordedSink();

        // When
        Intent intent = Intents.intent(1, QueryType.SPEAK, "Every intent finds a worker.", null, List.of());
        start(
                sink,
                intent,
                shape(MediaKind.TEXT, "audio/wav"),
                "espeak-ng",
                "--stdin",
                "--stdout",
                "-v",
                "{language:en}");

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        byte[] wav = sink.bytes();
        AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
        double seconds = sound.getFrameLength() / sound.getFormat().getFrameRate();
        assertThat(seconds).isBetween(0.8, 6.0);
    }

    @Test
    void shouldReadTheTextOfAPicture() throws IOException {
        // Given
        Installed.need("tesseract");
        var sink = new RecordedSink();
        Media picture = Media.whole("image/png", Bytes.of(picture("Neon mountain 42")));

        // When
        Intent intent = Intents.intent(1, QueryType.READ, "", null, List.of(picture));
        start(sink, intent, shape(MediaKind.MEDIA, "text"), "tesseract", "stdin", "stdout");

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.text()).contains("Neon mountain 42");
    }

    private static byte[] picture(String text) throws IOException {
        var picture = new BufferedImage(640, 160, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 640, 160);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 56));
        graphics.drawString(text, 40, 100);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    @Test
    void shouldTellTheFirstLineOfTheComplaint() {
        var sink = new RecordedSink();
        start(
                sink,
                Intents.chat(1, "x"),
                shape(MediaKind.TEXT, "text"),
                "sh",
                "-c",
                "echo first >&2; echo second >&2; exit 3");
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.message()).isEqualTo("first");
    }

    @Test
    void shouldKillTheProgramAndItsChildrenWhenItIsCancelled() {
        // Given
        var sink = new RecordedSink();
        Run run = start(
                sink, Intents.chat(1, "x"), shape(MediaKind.TEXT, "text"), "sh", "-c", "sleep 600 & echo $!; wait");
        Await.until("the number of the child", () -> sink.text().endsWith("\n"));
        long child = Long.parseLong(sink.text().strip());
        assertThat(ProcessHandle.of(child)).isPresent();

        // When
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });

        // Then
        Await.until(
                "the child to end",
                () -> ProcessHandle.of(child).map(each -> !each.isAlive()).orElse(true));
        assertThat(sink.isEnded()).isFalse();
    }

    @Test
    void shouldStopAProgramThatWritesWithoutEndOrTakesTooLong() {
        // Given
        var endless = new RecordedSink();
        var slow = new RecordedSink();

        // When
        start(endless, Intents.chat(1, "x"), shape(MediaKind.TEXT, "audio/wav"), "cat", "/dev/zero");
        start(slow, Intents.chat(1, "x"), new CommandServer.Shape(MediaKind.TEXT, "text", 100, 50), "sleep", "600");

        // Then
        endless.awaitEnd();
        slow.awaitEnd();
        assertThat(endless.message()).contains("more than 1048576 bytes");
        assertThat(slow.message()).contains("longer");
    }

    @Test
    void shouldNeverLetTheTextBecomeAnOption() {
        var sink = new RecordedSink();
        start(sink, Intents.chat(1, "--version"), shape(MediaKind.TEXT, "text"), "echo", "{text}");
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BAD_INPUT);
    }

    @Test
    void shouldSayThatAMediumIsMissing() {
        var sink = new RecordedSink();
        start(sink, Intents.chat(1, "x"), shape(MediaKind.MEDIA, "text"), "cat");
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BAD_INPUT);
    }
}
