// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoServerTest {

    private final Vertx vertx = Vertx.vertx();

    private final DemoServer demo = new DemoServer(vertx);

    private final RecordedSink sink = new RecordedSink();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Run ask(Intent intent, RecordedSink to) {
        return Intents.onContext(vertx, () -> demo.run(new Assigned(intent, null, 42, 7), to));
    }

    private static Intent imagine(int n, String prompt) {
        return Intents.intent(n, QueryType.IMAGINE, prompt, null, List.of());
    }

    private static Intent look(String question, byte[] picture) {
        return Intents.intent(
                1, QueryType.VISION, question, null, List.of(Media.whole("image/png", Bytes.of(picture))));
    }

    @Test
    void shouldSayWhatItIsAndTellTheRealTimesOfTheIntent() {
        ask(Intents.chat(1, "who are you?"), sink);
        sink.awaitEnd();
        assertThat(sink.text())
                .contains("demo, not a language model", "“who are you?”", "**42 µs**", "**7 ms**", "llama-server");
    }

    @Test
    void shouldPaintAnotherPictureOfTheSameWordsForAnotherSeed() {
        // When
        ask(Intents.with(imagine(1, "neon mountain"), "{\"seed\":1}"), sink);
        sink.awaitEnd();
        var other = new RecordedSink();
        ask(Intents.with(imagine(2, "neon mountain"), "{\"seed\":2}"), other);
        other.awaitEnd();

        // Then
        assertThat(other.bytes()).isNotEmpty().isNotEqualTo(sink.bytes());
        assertThat(other.text()).isEqualTo(sink.text());
    }

    @Test
    void shouldPaintTheSamePictureForTheSameWordsWithPreviewsOnTheWay() throws IOException {
        // When
        ask(imagine(1, "neon mountain"), sink);
        sink.awaitEnd();
        var again = new RecordedSink();
        ask(imagine(2, "neon mountain"), again);
        again.awaitEnd();

        // Then
        var picture = ImageIO.read(new ByteArrayInputStream(sink.bytes()));
        assertThat(picture.getWidth()).isEqualTo(768);
        assertThat(picture.getHeight()).isEqualTo(512);
        assertThat(sink.previews()).hasSize(5).allMatch(each -> each.mediaType().equals("image/jpeg"));
        assertThat(again.bytes()).isEqualTo(sink.bytes());
        assertThat(sink.text()).contains("neon, mountain");
    }

    @Test
    void shouldStopPaintingWhenItIsCancelled() {
        // Given
        Run run = ask(imagine(1, "city at night"), sink);
        Await.until("the first preview", () -> !sink.previews().isEmpty());

        // When
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });

        // Then
        var next = new RecordedSink();
        ask(imagine(2, "sea"), next);
        next.awaitEnd();
        assertThat(sink.isEnded()).isFalse();
    }

    @Test
    void shouldMeasureAPictureItPaintedItself() {
        // Given
        ask(imagine(1, "grüner Wald am Morgen"), sink);
        sink.awaitEnd();
        var facts = new RecordedSink();

        // When
        ask(look("Was ist auf diesem Bild?", sink.bytes()), facts);

        // Then
        facts.awaitEnd();
        assertThat(facts.text()).contains("768 × 512", "image/png", "Helligkeit");
    }

    @Test
    void shouldRefuseWhatIsNoPicture() {
        ask(look("what is this?", new byte[] {1, 2, 3}), sink);
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BAD_INPUT);
    }

    @Test
    void shouldSpeakGermanToGermans() {
        assertThat(Language.of("Wer bist du?")).isEqualTo(Language.GERMAN);
        assertThat(Language.of("was the mountain blue?")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("Größe")).isEqualTo(Language.GERMAN);
    }
}
