// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.worker.testing.Paintings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PicturesTest {

    @Test
    void shouldKnowAPictureByItsBytes() {
        byte[] webp = "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Pictures.of(Paintings.png(1)).map(Media::mediaType)).contains("image/png");
        assertThat(Pictures.of(Paintings.jpeg(1)).map(Media::mediaType)).contains("image/jpeg");
        assertThat(Pictures.of(webp).map(Media::mediaType)).contains("image/webp");
        assertThat(Pictures.of("<svg>".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(Pictures.of(new byte[0])).isEmpty();
    }

    @Test
    void shouldReadBase64WithAndWithoutWhatItIs() {
        String base64 = Base64.getEncoder().encodeToString(Paintings.png(2));
        assertThat(Pictures.ofBase64(base64)).isPresent();
        assertThat(Pictures.ofBase64("data:image/png;base64," + base64)).isPresent();
        assertThat(Pictures.ofBase64("not base64!")).isEmpty();
        assertThat(Pictures.ofBase64("")).isEmpty();
    }

    @Test
    void shouldLetPreviewsTakeAQuarterAndNoMore() {
        // Given
        var budget = new PreviewBudget(100);
        Media small = Media.whole("image/png", Bytes.of(new byte[10]));
        Media large = Media.whole("image/png", Bytes.of(new byte[20]));

        // Then
        assertThat(budget.pass(small)).isSameAs(small);
        assertThat(budget.pass(large)).isNull();
        assertThat(budget.pass(small)).isSameAs(small);
        assertThat(budget.pass(small)).isNull();
        assertThat(budget.pass(null)).isNull();
    }

    @Test
    void shouldKeepTheWordsOfAUserOutOfAMessage() {
        var discreet = new Discreet("A Fox under the birches", "{\"negative_prompt\":\"snow\"}");
        assertThat(discreet.firstLine("CUDA out of memory.\nTried to allocate")).isEqualTo("CUDA out of memory.");
        assertThat(discreet.firstLine("cannot parse 'Birches'")).isEmpty();
        assertThat(discreet.firstLine("no such embedding: snow")).isEmpty();
        assertThat(discreet.firstLine("x".repeat(500))).hasSize(200);
        assertThat(discreet.firstLine("")).isEmpty();
    }
}
