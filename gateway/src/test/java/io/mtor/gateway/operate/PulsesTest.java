// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Operating.DispatcherPulse;
import io.mtor.common.bus.Operating.GatewayPulse;
import io.mtor.common.bus.Operating.Host;
import io.mtor.common.bus.Operating.Line;
import io.mtor.common.bus.Operating.Vitals;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage.DispatcherState;
import io.mtor.common.protocol.ServerMessage.GatewayState;
import io.mtor.common.protocol.ServerMessage.HostState;
import io.mtor.common.protocol.ServerMessage.LineState;
import io.mtor.common.protocol.ServerMessage.Standing;
import io.mtor.common.protocol.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulsesTest {

    private static final DispatcherId ONE = new DispatcherId("one");
    private static final DispatcherId TWO = new DispatcherId("two");
    private static final GatewayId GATEWAY = new GatewayId("g");

    private final Pulses pulses = new Pulses();

    private static DispatcherPulse dispatcher(DispatcherId id, long upMillis, Line... lines) {
        return new DispatcherPulse(id, new Vitals(upMillis, 10, 20), 3, List.of(lines));
    }

    private static GatewayPulse gateway(long upMillis, long intents) {
        return gateway(GATEWAY, upMillis, intents);
    }

    private static GatewayPulse gateway(GatewayId id, long upMillis, long intents, Host... hosts) {
        return new GatewayPulse(id, new Vitals(upMillis, 10, 20), 5, 2, intents, List.of(hosts));
    }

    private static Line chat(int waiting, long oldest, long assigned) {
        return new Line(QueryType.CHAT, waiting, oldest, assigned);
    }

    @Test
    void shouldKnowNoRateFromOneAnswer() {
        pulses.hear(dispatcher(ONE, 5_000, chat(1, 250, 40)), 0);
        pulses.hear(gateway(7_000, 9), 0);

        var shown = pulses.snapshot(List.of(), 100);

        assertThat(shown.lines()).containsExactly(new LineState(QueryType.CHAT, 1, 250L, null));
        assertThat(shown.dispatchers()).containsExactly(new DispatcherState(ONE, 5_000, 3, null, 10, 20));
        assertThat(shown.gateways()).containsExactly(new GatewayState(GATEWAY, 7_000, 5, 2, null, 10, 20));
    }

    @Test
    void shouldShowHostsOfAllGatewaysAndThoseThatAreKeptFromWork() {
        var other = new GatewayId("h");
        var attic = new Host("aaaaaaaaaaaa", "attic", Trust.OWN, false, 2);
        var cellar = new Host("cccccccccccc", "cellar", Trust.VOLUNTEER, true, 0);
        // Its gateway has not heard yet that it is revoked.
        var shed = new Host("ssssssssssss", "shed", Trust.OWN, false, 1);
        var loft = new Host("llllllllllll", "loft", Trust.OWN, false, 3);
        pulses.hear(gateway(GATEWAY, 1, 1, cellar, shed, loft), 0);
        pulses.hear(gateway(other, 1, 1, attic), 0);
        var revoked = new HostState("ssssssssssss", "shed", null, Standing.REVOKED, 0, null);
        var drained = new HostState("llllllllllll", "loft", null, Standing.DRAINED, 0, null);
        var away = new HostState("bbbbbbbbbbbb", "barn", null, Standing.CAUGHT, 0, null);

        assertThat(pulses.snapshot(List.of(revoked, drained, away), 1).hosts())
                .containsExactly(
                        new HostState("aaaaaaaaaaaa", "attic", Trust.OWN, Standing.IN, 2, other),
                        away,
                        new HostState("cccccccccccc", "cellar", Trust.VOLUNTEER, Standing.WAITING, 0, GATEWAY),
                        new HostState("llllllllllll", "loft", Trust.OWN, Standing.DRAINED, 3, GATEWAY),
                        revoked);
        assertThat(pulses.snapshot(List.of(), 10_000).hosts()).isEmpty();
    }

    @Test
    void shouldCountRatesByTheClockOfWhoeverAnswers() {
        pulses.hear(dispatcher(ONE, 5_000, chat(0, 0, 40)), 0);
        pulses.hear(gateway(7_000, 9), 0);
        pulses.hear(dispatcher(ONE, 7_000, chat(0, 0, 65), new Line(QueryType.VISION, 0, 0, 1)), 900);
        pulses.hear(gateway(8_500, 12), 900);

        var shown = pulses.snapshot(List.of(), 1_000);

        assertThat(shown.lines())
                .containsExactly(
                        new LineState(QueryType.CHAT, 0, null, 12.5), new LineState(QueryType.VISION, 0, null, 0.5));
        assertThat(shown.dispatchers()).extracting(DispatcherState::placedPerS).containsExactly(13.0);
        assertThat(shown.gateways()).extracting(GatewayState::intentsPerS).containsExactly(2.0);
    }

    @Test
    void shouldAddUpTheLinesOfAllDispatchers() {
        for (long second = 1; second <= 2; second++) {
            pulses.hear(dispatcher(ONE, second * 1_000, chat(2, 300, 10 * second)), second);
            pulses.hear(dispatcher(TWO, second * 1_000, chat(1, 900, 5 * second)), second);
        }

        assertThat(pulses.snapshot(List.of(), 3).lines()).containsExactly(new LineState(QueryType.CHAT, 3, 900L, 15.0));
    }

    @Test
    void shouldForgetWhoDoesNotAnswer() {
        pulses.hear(dispatcher(ONE, 1_000), 1_000);
        pulses.hear(gateway(1_000, 0), 4_000);

        var shown = pulses.snapshot(List.of(), 5_000);

        assertThat(shown.dispatchers()).isEmpty();
        assertThat(shown.gateways()).hasSize(1);
    }

    @Test
    void shouldHoldOnlySoMany() {
        for (int i = 0; i < 1_100; i++) {
            pulses.hear(dispatcher(new DispatcherId("d" + i), 1_000), 0);
        }

        assertThat(pulses.snapshot(List.of(), 0).dispatchers()).hasSize(1_000);
    }
}
