// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Operating.Line;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Stage;
import io.mtor.dispatcher.testing.Workers;
import org.junit.jupiter.api.Test;

/** What operators are shown of the line. */
class LinesTest {

    private final Stage stage = new Stage();

    @Test
    void shouldCountWhatWaitsAndHowLong() {
        stage.hear(Workers.worker("a", 1, "chat", "vision"));
        stage.place(Intents.chat(1));
        stage.accepted("a", 1);
        stage.place(Intents.chat(2));
        stage.pass(300);
        stage.place(Intents.chat(3));
        stage.place(Intents.of(4, QueryType.VISION));
        stage.pass(100);

        assertThat(stage.matchmaker().lines(stage.now()))
                .containsExactly(new Line(QueryType.CHAT, 2, 400, 1), new Line(QueryType.VISION, 1, 100, 0));
        assertThat(stage.matchmaker().open()).isEqualTo(3);
    }

    @Test
    void shouldRememberWhatWasAssignedOfATypeThatNobodyWaitsFor() {
        stage.hear(Workers.worker("a", 2, "chat"));
        stage.place(Intents.chat(1));
        stage.accepted("a", 1);
        stage.place(Intents.chat(2));
        stage.accepted("a", 2);

        assertThat(stage.matchmaker().lines(stage.now())).containsExactly(new Line(QueryType.CHAT, 0, 0, 2));
    }
}
