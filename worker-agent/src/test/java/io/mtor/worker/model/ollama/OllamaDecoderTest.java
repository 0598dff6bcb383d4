// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.testing.Decoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In the form of Ollama's docs/api.md of 2026. */
class OllamaDecoderTest {

    private static final String THINKING =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}\n";

    private static final String WORD =
            "{\"model\":\"m\",\"created_at\":\"x\",\"message\":{\"role\":\"assistant\",\"content\":\"grüß\"},\"done\":false}\n";

    private static final String LAST = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
            + "\"done_reason\":\"stop\",\"done\":true,\"prompt_eval_count\":8,\"eval_count\":5,\"eval_duration\":99}\n";

    private static List<Answer> read(String body) {
        return Decoding.of(new OllamaDecoder(), body);
    }

    @Test
    void shouldReadTheSameHoweverTheNetworkCutsIt() {
        String body = THINKING + WORD + LAST;
        for (int cut = 0; cut <= Decoding.length(body); cut++) {
            assertThat(Decoding.of(new OllamaDecoder(), body, cut))
                    .containsExactly(new Answer.Text("grüß"), new Answer.Done("m", new Usage(8, 5)));
        }
    }

    @Test
    void shouldFailOnAnErrorLineInTheMiddle() {
        assertThat(read(WORD + "{\"error\":\"out of memory\"}\n" + LAST))
                .containsExactly(new Answer.Text("grüß"), new Answer.Broken(Cause.FAILED, "out of memory"));
    }

    @Test
    void shouldTakeAnEndWithoutDoneForATruncation() {
        assertThat(read(WORD).getLast()).isInstanceOf(Answer.Broken.class);
        assertThat(read(WORD + LAST.substring(0, 40)).getLast()).isInstanceOf(Answer.Broken.class);
    }
}
