// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.e2e.testing.Command;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code mtor ask} while the gateway it is connected to is killed. */
class AskLossE2E {

    private static final String PIECE = "the realm is bre";
    private static final int PIECES = 80;

    private static final String REALM = """
            [agent.worker]
            demo = false
            programs = false
            [agent.discovery]
            on = false
            [[agent.simulated]]
            query_type = "chat"
            work = "6s"
            chunks = %d
            """.formatted(PIECES);

    @Test
    void aGatewayKilledInMidAnswerIsNoErrorWhereThereIsAnother() throws Exception {
        try (var cluster = MtorCluster.start(
                        Site.loopback(Command.jar().toString()),
                        REALM,
                        Map.of(Role.GATEWAY, 2, Role.DISPATCHER, 1, Role.MONITOR, 1, Role.WORKER, 1));
                var asking = Program.mtor("ask", "--url", urls(cluster), "a long story")) {
            asking.awaitOut(PIECE.repeat(3));
            Part its = cluster.alive(Role.GATEWAY).stream()
                    .filter(AskLossE2E::hasAConnection)
                    .findFirst()
                    .orElseThrow();

            its.kill();

            Program.Outcome end = asking.end();
            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.out()).isEqualTo(PIECE.repeat(PIECES) + "\n");
            assertThat(end.err()).contains("connection lost, reconnecting").doesNotContain("begins again");
        }
    }

    private static String urls(MtorCluster cluster) {
        return String.join(
                ",",
                cluster.alive(Role.GATEWAY).stream()
                        .map(part -> part.uri().toString())
                        .toList());
    }

    private static boolean hasAConnection(Part gateway) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(gateway.uri().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("mtor_gateway_sessions 1.0");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
