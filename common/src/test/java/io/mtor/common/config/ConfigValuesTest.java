// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "1025B", "64KiB", "1MiB", "3GiB"})
    void shouldWriteASizeAsItWasRead(String text) {
        assertThat(Size.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"250ms,250ms", "1000ms,1s", "60s,1m", "90s,90s", "24h,1d", "0d,0s", "1500ms,1500ms"})
    void shouldWriteADurationInItsGreatestWholeUnit(String text, String written) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(written);
        assertThat(Durations.parse(written)).isEqualTo(Durations.parse(text));
    }

    @Test
    void shouldKnowTheUnitsApart() {
        assertThat(Durations.parse("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Size.parse("2MiB").bytes()).isEqualTo(2_097_152);
        assertThat(Size.parse("2GiB").toInt()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new Size(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepASecretToItself() {
        var secret = new Secret("sesame");
        assertThat(secret.toString() + List.of(secret)).doesNotContain("sesame");
        assertThat(secret.matches("sesame")).isTrue();
        assertThat(secret.matches("sesam")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"port,prot,2", "port,port,0", "port,ports,1", "a,'',1", "kitten,sitting,3"})
    void shouldCountTheLettersBetweenTwoWords(String a, String b, int letters) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(letters);
        assertThat(Suggestion.distance(b, a)).isEqualTo(letters);
    }

    @Test
    void shouldFindTheLinesOfKeys() {
        // Given
        var lines = new TomlLines("""
                top = 1
                text = \"""
                [not.a.header]
                key = 2
                \"""
                [a.b]
                "c" = 3
                [[d]]
                e = 4
                [[d]]
                [d.f]
                g = 5
                """);

        // Then
        assertThat(lines.of("top")).isEqualTo(1);
        assertThat(lines.of("key")).isEqualTo(1);
        assertThat(lines.of("a.b.c")).isEqualTo(7);
        assertThat(lines.of("d[0].e")).isEqualTo(9);
        assertThat(lines.of("d[1].f.g")).isEqualTo(12);
        assertThat(lines.of("d[1].f.inline")).isEqualTo(11);
        assertThat(lines.of("nowhere")).isEqualTo(1);
    }
}
