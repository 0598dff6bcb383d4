// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static io.mtor.dispatcher.testing.Intents.chat;
import static io.mtor.dispatcher.testing.Workers.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.dispatcher.testing.Stage;
import org.junit.jupiter.api.Test;

class MatchmakerTest {

    private final Stage stage = new Stage();

    @Test
    void shouldPlaceAtOnceOnAFreeWorker() {
        stage.hear(worker("a", 1, "chat"));

        stage.place(chat(1));

        assertThat(stage.sent()).containsExactly("1 -> a");
    }

    @Test
    void shouldLetItWaitAndGiveItTheFreedSlot() {
        stage.hear(worker("a", 1, "chat"));
        stage.place(chat(1));
        stage.place(chat(2));
        stage.accepted("a", 1);

        stage.ended("a", 1);

        assertThat(stage.sent()).containsExactly("1 -> a", "2 -> a");
    }
}
