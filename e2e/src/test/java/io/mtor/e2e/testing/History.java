// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;

/** What must be true of everything that a client was ever told of an intent. */
public final class History {

    private History() {}

    /**
     * Waits for its result, and checks: one terminal message and nothing after it, pieces in order without a gap or a
     * repetition, and a text that is the sum of its pieces.
     */
    public static ServerMessage.Result wholeResult(TestUser user, TestUser.Asked asked) {
        ServerMessage.Result result = asked.result();
        check(user, asked);
        assertThat(asked.answer().text()).isEqualTo(result.resultText());
        return result;
    }

    /** The same for an intent that may have ended in any way. */
    public static void check(TestUser user, TestUser.Asked asked) {
        IntentId guid = asked.answer().guid();
        asked.end();
        assertThat(asked.answer().terminals()).isEqualTo(1);
        assertThat(asked.messages().stream().filter(ServerMessage::isTerminal)).hasSize(1);
        assertThat(asked.messages().get(asked.messages().size() - 1).isTerminal())
                .isTrue();
        assertThat(user.other()).as("told after the end").noneMatch(message -> guid.equals(message.subject()));
        int next = 0;
        for (ServerMessage message : asked.messages()) {
            if (message instanceof ServerMessage.Restart) {
                next = 0;
            } else if (message instanceof ServerMessage.Chunk chunk) {
                assertThat(chunk.seq()).as("pieces of %s", asked.messages()).isEqualTo(next++);
            } else if (message instanceof ServerMessage.Progress progress) {
                assertThat(progress.seq()).as("pieces of %s", asked.messages()).isEqualTo(next++);
            }
        }
    }
}
