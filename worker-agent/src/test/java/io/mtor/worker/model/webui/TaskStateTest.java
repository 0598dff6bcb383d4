// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.testing.Paintings;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskStateTest {

    private static TaskState of(String json) {
        return TaskState.of(Refusal.json(json));
    }

    @Test
    void shouldReadATaskThatIsWorkedOn() {
        // Given: AUTOMATIC1111 1.10.
        String jpeg = Base64.getEncoder().encodeToString(Paintings.jpeg(4));

        // When
        TaskState state = of("{\"active\":true,\"queued\":false,\"completed\":false,\"progress\":0.456,\"eta\":3.2,"
                + "\"live_preview\":\"data:image/jpeg;base64," + jpeg
                + "\",\"id_live_preview\":4,\"textinfo\":null,\"new\":1}");

        // Then
        assertThat(state.active()).isTrue();
        assertThat(state.done()).isEqualTo(46);
        assertThat(state.preview()).isNotNull();
        assertThat(state.previewId()).isEqualTo(4);
    }

    @Test
    void shouldShowNothingOfATaskThatWaits() {
        TaskState state = of("{\"active\":false,\"queued\":true,\"completed\":false,\"progress\":null,\"eta\":null,"
                + "\"live_preview\":null,\"id_live_preview\":-1,\"textinfo\":\"In queue: 1/1\"}");
        assertThat(state).isEqualTo(new TaskState(false, true, 0, null, -1));
    }

    @Test
    void shouldKnowNothingOfWhatIsNoState() {
        for (String json : List.of("", "{}", "[]", "{\"detail\":\"Not Found\"}", "{\"active\":\"yes\"}")) {
            assertThat(of(json)).isEqualTo(new TaskState(false, false, 0, null, -1));
        }
        assertThat(of("{\"active\":true,\"progress\":7}").done()).isEqualTo(100);
        assertThat(of("{\"active\":true,\"progress\":-7}").done()).isZero();
    }
}
