// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.RestartableRealm;
import io.mtor.e2e.testing.TestRealm;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is lost when the page, the connection or the gateway is. */
class BrowserLossE2E {

    private static final String PIECE = "the realm is bre";
    private static final int PIECES = 100;
    private static final String SLOW = BrowserE2E.simulated("chat", "4s", 2, PIECES);

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void aReloadInMidAnswerLosesAndDoublesNothing() {
        try (var realm = TestRealm.start(SLOW);
                var shell = chromium.open(realm.uri()).connected()) {
            assertThat(shell.ask("Tell me a long story").words()).containsText(PIECE.repeat(3));

            shell.page().reload();

            var answer = shell.answer(0);
            assertThat(answer.at().locator(".question")).containsText("Tell me a long story");
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(PIECES));
            assertThat(answer.at().locator(".note")).hasCount(0);
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void anAnswerGoesOnAfterEachOfManyReloadsWhereItWas() {
        try (var realm = TestRealm.start(SLOW);
                var shell = chromium.open(realm.uri()).connected()) {
            List<String> greetings = new CopyOnWriteArrayList<>();
            shell.page()
                    .onWebSocket(socket -> socket.onFrameSent(frame -> {
                        if (frame.text() != null && frame.text().contains("\"hello\"")) {
                            greetings.add(frame.text());
                        }
                    }));
            shell.ask("Tell me a long story");
            for (int reload = 1; reload <= 4; reload++) {
                assertThat(shell.answer(0).words()).containsText(PIECE.repeat(reload * 10));
                shell.page().reload();
            }

            var answer = shell.answer(0);
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(PIECES));
            assertThat(answer.at().locator(".note")).hasCount(0);
            assertThat(greetings).hasSize(4).allSatisfy(hello -> assertThat(hello)
                    .contains("\"worker_id\""));
            assertThat(greetings).last().satisfies(hello -> assertThat(hello)
                    .containsPattern("\"seq\":\\d{2,}")
                    .contains("\"attempt\":1"));
            assertThat(shell.trouble()).isEmpty();
        }
    }

    @Test
    void aGatewayThatRestartsInMidAnswerLosesAndDoublesNothing() {
        try (var realm = RestartableRealm.start(SLOW);
                var shell = chromium.open(realm.uri()).connected()) {
            var answer = shell.ask("Tell me a long story");
            assertThat(answer.words()).containsText(PIECE.repeat(3));

            realm.stopGateway();
            assertThat(shell.page().locator("mtor-status .link")).containsText("Reconnecting");
            realm.startGateway();

            shell.connected();
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(PIECES));
            assertThat(shell.page().locator(".banner")).hasCount(0);
        }
    }

    @Test
    void whoWaitsWithoutADispatcherIsToldSoAndServedWhenOneIsThere() {
        try (var realm = RestartableRealm.start(BrowserE2E.simulated("chat", "50ms", 1, 4));
                var shell = chromium.open(realm.uri()).connected()) {
            realm.stopDispatcher();
            var answer = shell.ask("Is anybody there?");
            assertThat(answer.state()).hasText("Waiting; nobody knows the place in line right now");

            realm.startDispatcher();
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(4));
        }
    }

    @Test
    void wordsSentWhileOfflineAreDeliveredLater() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "50ms", 1, 4));
                var shell = chromium.open(realm.uri()).connected()) {
            shell.context().setOffline(true);
            assertThat(shell.page().locator(".banner")).containsText("You are offline.");

            var answer = shell.ask("Are you there?");
            assertThat(answer.state()).hasText("Kept here, not sent yet");
            assertThat(shell.page().locator(".banner")).containsText("1 intent is waiting for it.");

            shell.context().setOffline(false);
            assertThat(answer.done().text()).isEqualTo(PIECE.repeat(4));
            assertThat(shell.page().locator(".banner")).hasCount(0);
        }
    }

    @Test
    void whatWasAnsweredIsStillThereAfterAReload() {
        try (var realm = TestRealm.start(BrowserE2E.simulated("chat", "50ms", 1, 4));
                var shell = chromium.open(realm.uri()).connected()) {
            shell.ask("Remember this").done();

            shell.page().reload();

            assertThat(shell.answer(0).done().text()).isEqualTo(PIECE.repeat(4));
            assertThat(shell.page().locator("mtor-answer")).hasCount(1);
        }
    }
}
