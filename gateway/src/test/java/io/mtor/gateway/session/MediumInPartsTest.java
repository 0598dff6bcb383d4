// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Intents;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MediumInPartsTest {

    private final MediumInParts inParts = new MediumInParts(4);

    private void add(int offset, String part, boolean last) {
        Bytes data = Bytes.of(part.getBytes(StandardCharsets.UTF_8));
        inParts.add(
                new MediaPart(Intents.chat("Hello").key(), 1, new WorkerId("w"), 0, "audio/wav", offset, data, last));
    }

    private String taken() {
        Media medium = inParts.take();
        return medium == null ? "nothing" : new String(medium.data().array(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldPutEachMediumTogetherAndHandItOverOnce() {
        assertThat(taken()).isEqualTo("nothing");
        add(0, "one", true);
        assertThat(taken()).isEqualTo("one");
        assertThat(taken()).isEqualTo("nothing");
        add(0, "tw", false);
        assertThat(taken()).isEqualTo("nothing");
        add(2, "o", true);
        assertThat(taken()).isEqualTo("two");
    }

    @Test
    void shouldHaveNothingOfAMediumThatIsNotWhole() {
        add(0, "tw", false);
        add(3, "o", true);
        assertThat(taken()).isEqualTo("nothing");

        add(1, "wo", true);
        assertThat(taken()).isEqualTo("nothing");
    }

    @Test
    void shouldBeginAnewWithAnotherAttempt() {
        add(0, "tw", false);
        add(0, "four", true);
        assertThat(taken()).isEqualTo("four");
    }

    @Test
    void shouldHaveNothingOfAMediumThatIsTooLarge() {
        add(0, "four", false);
        add(4, "5", true);
        assertThat(taken()).isEqualTo("nothing");
    }
}
