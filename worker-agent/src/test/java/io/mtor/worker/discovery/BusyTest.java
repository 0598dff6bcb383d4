// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusyTest {

    private static Optional<Busy> busy(Kind kind, int status, String text) {
        return Busy.of(kind, Reply.of(status, "", "", text));
    }

    @Test
    void shouldCountTheSlotsOfLlamaServer() {
        // Given: llama-server b11669.
        String slots = "[{\"id\":0,\"n_ctx\":1024,\"speculative\":false,\"is_processing\":true,\"id_task\":7},"
                + "{\"id\":1,\"n_ctx\":1024,\"speculative\":false,\"is_processing\":false}]";
        assertThat(Busy.path(Kind.LLAMA_CPP)).contains("/slots");
        assertThat(busy(Kind.LLAMA_CPP, 200, slots)).contains(new Busy(1, 0));

        // And: without --slots.
        assertThat(busy(
                        Kind.LLAMA_CPP,
                        501,
                        "{\"error\":{\"code\":501,\"message\":\"This server does not support slots endpoint.\"}}"))
                .isEmpty();
        assertThat(busy(Kind.LLAMA_CPP, 200, "[]")).isEmpty();
    }

    @Test
    void shouldSumTheEnginesOfVllmAndPassOverNamesThatOnlyBeginAlike() {
        // Given: vLLM 0.11 with two engines.
        String metrics = """
                # HELP vllm:num_requests_running Number of requests in model execution batches.
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="m"} 3.0
                vllm:num_requests_running{engine="1",model_name="m"} 2.0
                vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
                vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 1.0
                vllm:num_requests_waiting{engine="1",model_name="m"} NaN
                """;
        assertThat(busy(Kind.VLLM, 200, metrics)).contains(new Busy(5, 1));
        assertThat(busy(Kind.VLLM, 200, "python_info 1\n")).isEmpty();
    }

    @Test
    void shouldReadWhatTheOthersSay() {
        assertThat(busy(
                        Kind.SGLANG,
                        200,
                        "sglang:num_running_reqs{model_name=\"m\"} 4.0\nsglang:num_queue_reqs{model_name=\"m\"} 2.0\n"))
                .contains(new Busy(4, 2));
        assertThat(busy(Kind.TGI, 200, "tgi_batch_current_size 6\ntgi_queue_size 1\n"))
                .contains(new Busy(6, 1));
        assertThat(busy(Kind.KOBOLD_CPP, 200, "{\"queue\":2,\"idle\":0,\"total_gens\":9}"))
                .contains(new Busy(1, 2));
        assertThat(busy(Kind.KOBOLD_CPP, 200, "{\"queue\":0,\"idle\":1}")).contains(new Busy(0, 0));
        assertThat(busy(Kind.KOBOLD_CPP, 200, "{\"idle\":1}")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayNothingOfWhatIsNoAnswer(Kind kind) {
        for (String text : new String[] {"", "<html>", "{}", "[7]", "{\"error\":\"Unexpected endpoint\"}"}) {
            assertThat(busy(kind, 200, text)).isEmpty();
            assertThat(busy(kind, 404, text)).isEmpty();
        }
        assertThat(busy(kind, 0, "")).isEmpty();
    }
}
