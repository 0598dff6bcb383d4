// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Pace;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients and a gateway's limit together, in virtual time: a crowd that loses one of two gateways in one instant. */
class CrowdTest {

    private static final URI DEAD = URI.create("http://dead:1");
    private static final URI ALIVE = URI.create("http://alive:1");
    private static final int LIMIT = 200;

    private final List<Long> back = new ArrayList<>();
    private final Random random = new Random(1);
    private final Pace pace = new Pace(LIMIT);
    private final PriorityQueue<ClientCore> waiting = new PriorityQueue<>(Comparator.comparingLong(ClientCore::due));
    private int refused;

    @ParameterizedTest
    @CsvSource({"300, 3000", "2000, 15000", "6000, 45000"})
    void shouldBringACrowdBackSoonAndNeverFasterThanAGatewayTakesIt(int size, long withinMillis) {
        for (int i = 0; i < size; i++) {
            var client = new ClientCore(ClientSettings.of(List.of(DEAD, ALIVE), new UserId("u-" + i)), 0);
            client.open(new Moment(0, 0));
            client.connected(new Moment(0, 0));
            client.heard(Pretended.welcome(), new Moment(0, 0));
            client.lost("killed", at(0));
            waiting.add(client);
        }

        for (ClientCore next = waiting.poll(); next != null; next = waiting.poll()) {
            long now = next.due();
            carryOut(next, next.tick(at(now)), now);
            if (!next.isUp()) {
                waiting.add(next);
            }
        }

        assertThat(back).hasSize(size).last().satisfies(last -> assertThat(last).isLessThanOrEqualTo(withinMillis));
        assertThat(refused).isPositive();
        for (int i = LIMIT; i < size; i++) {
            assertThat(back.get(i) - back.get(i - LIMIT)).isGreaterThanOrEqualTo(1_000);
        }
    }

    private Moment at(long now) {
        return new Moment(now, random.nextDouble());
    }

    private void carryOut(ClientCore client, List<Step> steps, long now) {
        for (Step step : steps) {
            assertThat(step).isInstanceOf(Step.Connect.class);
            long wait = ((Step.Connect) step).gateway().equals(ALIVE) ? pace.take(now) : Long.MAX_VALUE;
            if (wait == 0) {
                back.add(now);
                client.connected(at(now));
            } else if (wait == Long.MAX_VALUE) {
                carryOut(client, client.refused("connection refused", -1, at(now)), now);
            } else {
                refused++;
                carryOut(client, client.refused("HTTP 503", (wait + 999) / 1_000 * 1_000, at(now)), now);
            }
        }
    }
}
