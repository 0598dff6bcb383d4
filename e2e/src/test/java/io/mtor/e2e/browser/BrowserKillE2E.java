// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.proxy.FaultProxy;
import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A page in front of two gateways, as behind a balancer, of which the one it is at is killed again and again in
 * mid-answer. {@code -Dmtor.browser.kills} says how often.
 */
class BrowserKillE2E {

    private static final int KILLS = Integer.getInteger("mtor.browser.kills", 5);
    private static final String PIECE = "the realm is bre";
    private static final int PIECES = 200;

    private static final String REALM = """
            [agent.discovery]
            on = false
            [agent.worker]
            programs = false
            [[agent.simulated]]
            query_type = "chat"
            work = "20s"
            chunks = %d
            slots = 2
            """.formatted(PIECES);

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void noPieceIsLostAndNoneDoubled() {
        try (var cluster = MtorCluster.start(
                        Site.loopback(Command.jar().toString()),
                        REALM,
                        Map.of(Role.GATEWAY, 2, Role.DISPATCHER, 1, Role.MONITOR, 1, Role.WORKER, 1));
                var balancer = new FaultProxy(1)) {
            var gateways = cluster.alive(Role.GATEWAY);
            balancer.forwardTo(List.of(gateways.get(0).uri()));
            try (var shell = chromium.open(balancer.uri()).connected()) {
                for (int kills = 0; kills < KILLS; kills++) {
                    var answer = grown(shell);
                    Part spare = cluster.alive(Role.GATEWAY).get(1);

                    assertThat(answer.at().locator("article")).hasAttribute("aria-busy", "true");
                    balancer.forwardTo(List.of(spare.uri()));
                    int connections = balancer.connections();
                    cluster.alive(Role.GATEWAY).get(0).kill();

                    Await.until("the page to come back", () -> balancer.connections() > connections);
                    shell.connected();
                    cluster.ensure(Role.GATEWAY, 2);
                }
                for (int i = 0; i < shell.page().locator("mtor-answer").count(); i++) {
                    assertThat(shell.answer(i).done().text()).isEqualTo(PIECE.repeat(PIECES));
                    assertThat(shell.answer(i).at().locator(".note")).hasCount(0);
                }
                assertThat(shell.page().locator(".banner")).hasCount(0);
            }
        }
    }

    /** An answer that is growing: the last one, if it is far from its end, and otherwise a new one. */
    private static Shell.Answer grown(Shell shell) {
        boolean busy = shell.page().locator("mtor-answer").count() > 0
                && length(shell.lastAnswer()) < PIECE.length() * PIECES * 3 / 4;
        var answer = busy ? shell.lastAnswer() : shell.ask("Tell me a long story");
        assertThat(answer.words()).isVisible();
        int before = length(answer);
        Await.until("the answer to grow", () -> length(answer) >= before + 3 * PIECE.length());
        return answer;
    }

    private static int length(Shell.Answer answer) {
        return answer.words().count() == 0 ? 0 : answer.text().length();
    }
}
