// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.testing.Sounds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PcmTest {

    @Test
    void shouldTakeASoundApartAndPutItTogetherAgain() {
        // Given
        byte[] wav = Sounds.silence(100);

        // When
        Pcm sound = Pcm.of(wav).orElseThrow();

        // Then
        assertThat(sound.isPlayable()).isTrue();
        assertThat(sound.samples().length()).isEqualTo(200);
        assertThat(sound.toWav().array()).isEqualTo(wav);
    }

    @Test
    void shouldNotBelieveALengthThatWasWrittenTooEarly() {
        assertThat(Pcm.of(Sounds.streamedSilence(100)).orElseThrow().samples().length())
                .isEqualTo(Pcm.of(Sounds.silence(100)).orElseThrow().samples().length());
    }

    @Test
    void shouldRefuseWhatIsNoSoundOrIsCompressed() {
        byte[] wav = Sounds.silence(10);
        byte[] compressed = wav.clone();
        compressed[20] = 85;
        assertThat(Pcm.of(compressed)).isEmpty();
        for (int length = 0; length < 44; length++) {
            assertThat(Pcm.of(Arrays.copyOf(wav, length))).isEmpty();
        }
        assertThat(Pcm.of(new byte[100])).isEmpty();
    }
}
