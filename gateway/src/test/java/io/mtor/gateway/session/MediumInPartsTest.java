// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private final Recording recording = new Recording();

    private void add(int offset, String part, boolean last) {
        recording.add("audio/wav", offset, Bytes.of(part.getBytes(StandardCharsets.UTF_8)), last);
    }

    private String recorded() {
        Media medium = recording.medium();
        return medium == null ? "nothing" : new String(medium.data().array(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldPutTheLastMediumTogether() {
        assertThat(recorded()).isEqualTo("nothing");
        add(0, "one", true);
        assertThat(recorded()).isEqualTo("one");
        add(0, "tw", false);
        assertThat(recorded()).isEqualTo("nothing");
        add(2, "o", true);
        assertThat(recorded()).isEqualTo("two");
    }

    @Test
    void shouldHaveNothingOfAMediumThatIsNotWhole() {
        add(0, "tw", false);
        add(3, "o", true);
        assertThat(recorded()).isEqualTo("nothing");

        add(1, "wo", true);
        assertThat(recorded()).isEqualTo("nothing");
    }

    @Test
    void shouldHaveNothingOfAMediumThatIsTooLarge() {
        recording.add("image/png", 0, Bytes.of(new byte[Recording.MAX_BYTES]), false);
        recording.add("image/png", Recording.MAX_BYTES, Bytes.of(new byte[1]), true);
        assertThat(recorded()).isEqualTo("nothing");
    }
}
