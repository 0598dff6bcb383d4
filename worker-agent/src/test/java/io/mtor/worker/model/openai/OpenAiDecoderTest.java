// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.testing.Decoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In the form of llama-server b11669 unless it says otherwise. */
class OpenAiDecoderTest {

    private static final String FIRST =
            "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}],"
                    + "\"model\":\"tiny\",\"object\":\"chat.completion.chunk\"}\n\n";

    private static final String WORD =
            "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\" grüße 🌋\"}}]}\n\n";

    private static final String FINISH =
            "data: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{}}]}\n\n";

    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"completion_tokens\":5,\"prompt_tokens\":8},\"timings\":{\"prompt_ms\":1.5}}\n\n";

    private static final String DONE = "data: [DONE]\n\n";

    private static final List<Answer> WHOLE =
            List.of(new Answer.Text(" grüße 🌋"), new Answer.Done("tiny", new Usage(8, 5)));

    private static List<Answer> read(String body) {
        return Decoding.of(new OpenAiDecoder(), body);
    }

    @Test
    void shouldReadTheSameHoweverTheNetworkCutsIt() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            String body = (": keep-alive\n\n" + FIRST + WORD + FINISH + USAGE + DONE).replace("\n", end);
            for (int cut = 0; cut <= Decoding.length(body); cut++) {
                assertThat(Decoding.of(new OpenAiDecoder(), body, cut)).isEqualTo(WHOLE);
            }
        }
    }

    @Test
    void shouldTakeAnEndAfterAFinishReasonForSuccessWithoutDone() {
        assertThat(read(FIRST + WORD + FINISH + USAGE)).isEqualTo(WHOLE);
        assertThat(read(FIRST + WORD + FINISH.strip())).endsWith(new Answer.Done("tiny", null));
    }

    @Test
    void shouldTakeAnEndWithoutAFinishReasonForATruncation() {
        assertThat(read(FIRST + WORD).getLast())
                .isInstanceOfSatisfying(Answer.Broken.class, broken -> assertThat(broken.cause())
                        .isEqualTo(Cause.FAILED));
        assertThat(read("").getLast()).isInstanceOf(Answer.Broken.class);
    }

    @Test
    void shouldFailOnAnErrorInTheMiddle() {
        // In the form of vLLM, then of llama.cpp.
        for (String error : List.of(
                "data: {\"object\":\"error\",\"message\":\"engine died\",\"code\":500}\n\n",
                "data: {\"error\":{\"code\":500,\"message\":\"engine died\",\"type\":\"server_error\"}}\n\n")) {
            assertThat(read(FIRST + WORD + error + FINISH + DONE))
                    .containsExactly(new Answer.Text(" grüße 🌋"), new Answer.Broken(Cause.FAILED, "engine died"));
        }
    }

    @Test
    void shouldFailOnWhatIsNoJson() {
        assertThat(read(FIRST + "data: <html>\n\n").getLast()).isInstanceOf(Answer.Broken.class);
    }

    @Test
    void shouldJoinAnEventOfSeveralDataLinesAndPassOverOtherFields() {
        assertThat(read(
                        "event: message\nid: 1\ndata: {\"choices\":[{\"index\":0,\ndata:\"delta\":{\"content\":\"a\"}}]}\n\n"
                                + FINISH + DONE))
                .startsWith(new Answer.Text("a"));
    }
}
