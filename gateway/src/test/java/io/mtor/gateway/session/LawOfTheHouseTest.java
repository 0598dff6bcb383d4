// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.gateway.session.world.Network;
import io.mtor.gateway.session.world.SimulatedClient;
import io.mtor.gateway.session.world.SimulatedRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Every admitted intent ends exactly once, whatever is lost, doubled, late or killed: clients lose their connections and
 * come back at any gateway, workers crash, hang and fail, the dispatcher forgets its line, gateways are killed.
 */
class LawOfTheHouseTest {

    private static final int INTENTS = 2_500;
    private static final int FAULTY_MILLIS = 60_000;
    private static final int GATEWAYS = 3;

    @RepeatedTest(3)
    void shouldEndEveryIntentExactlyOnce() {
        long seed = Long.getLong("mtor.seed", new Random().nextLong());
        System.out.println("law of the house: -Dmtor.seed=" + seed);
        var network = new Network(new Random(seed));
        var realm = new SimulatedRealm(network, GATEWAYS);
        List<SimulatedClient> clients = new ArrayList<>();
        for (int i = 0; i < INTENTS; i++) {
            var client = new SimulatedClient(network, realm);
            clients.add(client);
            network.after(network.random().nextInt(FAULTY_MILLIS), client::begin);
        }
        for (int at = 5_000; at < FAULTY_MILLIS; at += 9_000) {
            network.after(at, () -> realm.killGateway(network.random().nextInt(GATEWAYS)));
        }

        network.runUntil(FAULTY_MILLIS);
        network.heal();
        network.runUntil(FAULTY_MILLIS + 240_000);

        assertThat(clients.stream().flatMap(client -> client.complaints().stream()))
                .as("complaints, seed %d", seed)
                .isEmpty();
        assertThat(clients.stream().filter(SimulatedClient::isShortened))
                .as("ends that overtook their pieces, seed %d", seed)
                .hasSizeLessThan(INTENTS / 100);
        assertThat(realm.openIntents()).as("left in memory, seed %d", seed).isZero();
        assertThat(clients.stream().filter(client -> client.error() == null))
                .as("most end in a result, seed %d", seed)
                .hasSizeGreaterThan(INTENTS * 8 / 10);
    }
}
