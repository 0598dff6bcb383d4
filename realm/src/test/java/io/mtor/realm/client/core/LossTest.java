// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import static io.mtor.realm.client.core.Pretended.A;
import static io.mtor.realm.client.core.Pretended.ATLAS;
import static io.mtor.realm.client.core.Pretended.B;
import static io.mtor.realm.client.core.Pretended.BORA;
import static io.mtor.realm.client.core.Pretended.accepted;
import static io.mtor.realm.client.core.Pretended.chunk;
import static io.mtor.realm.client.core.Pretended.have;
import static io.mtor.realm.client.core.Pretended.restart;
import static io.mtor.realm.client.core.Pretended.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that keeps its word, and a connection that breaks anywhere: what is shown is the answer, whole and once. */
class LossTest {

    private static final int PIECES = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldShowTheAnswerOnceHoweverOftenTheConnectionBreaks(long seed) {
        RandomGenerator random = new Random(seed);
        var client = Pretended.up(A, B);
        var work = client.ask("a long story");
        IntentId guid = work.guid();
        int attempt = 1;
        int losses = 0;
        int furthest = -1;
        client.hear(accepted(guid, ATLAS, attempt));
        for (int seq = 0; seq < PIECES; seq++) {
            client.hear(chunk(guid, seq, attempt + "." + seq + " "));
            furthest = Math.max(furthest, seq);
            if (random.nextInt(10) == 0) {
                client.chance = random.nextDouble();
                ClientMessage.Seen seen = have(client.reconnect()).get(guid);
                assertThat(seen).isEqualTo(new ClientMessage.Seen(furthest, attempt == 1 ? ATLAS : BORA, attempt));
                losses++;
                client.hear(accepted(guid, attempt == 1 ? ATLAS : BORA, attempt));
                // Some come once more.
                seq = Math.max(-1, furthest - random.nextInt(4));
            }
            if (attempt == 1 && furthest == PIECES / 2) {
                attempt = 2;
                client.hear(restart(guid, attempt));
                client.hear(accepted(guid, BORA, attempt));
                seq = -1;
                furthest = -1;
            }
        }
        String whole = whole(attempt);
        client.hear(result(guid, whole));

        assertThat(losses).isPositive();
        assertThat(client.shown(guid)).isEqualTo(whole);
        List<ServerMessage> told = client.told(guid);
        assertThat(told.stream().filter(ServerMessage::isTerminal)).hasSize(1);
        assertThat(told).last().isEqualTo(result(guid, whole));
        assertThat(client.core.size()).isZero();
    }

    private static String whole(int attempt) {
        var text = new StringBuilder();
        for (int seq = 0; seq < PIECES; seq++) {
            text.append(attempt).append('.').append(seq).append(' ');
        }
        return text.toString();
    }
}
