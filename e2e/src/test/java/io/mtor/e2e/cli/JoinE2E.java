// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the operator's token to the first work on somebody's machine, as people do it. */
class JoinE2E {

    private static final String AGENT = "io.mtor.worker.WorkerAgentMain";

    @TempDir
    private Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> join(TestRealm realm, String token) {
        return List.of(
                "--join",
                realm.uri().toString(),
                "--token",
                token,
                "--join.key",
                file("host.key"),
                "--agent.discovery.on",
                "false",
                "--agent.worker.programs",
                "false",
                // Whatever this machine is used for besides.
                "--owner.on-battery",
                "true",
                "--owner.others-use",
                "100",
                "--control.port",
                "0",
                "--control.file",
                file("agent.json"));
    }

    private static Program agent(List<String> flags) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Command.jar().toString(),
                AGENT));
        command.addAll(flags);
        return Program.start(command, Map.of());
    }

    @Test
    void aHostJoinsWithTheTokenThatItsOperatorMakesAndNeedsAKeyOfItsOwn() {
        Command made = Command.mtor(
                "token", "create", "--name", "attic", "--types", "chat", "--secret-file", file("join-secret"));
        assertThat(made.exitCode()).as(made.errors()).isZero();
        assertThat(made.errors()).contains("--join ws://GATEWAY:8080 --token TOKEN");
        String token = made.output().strip();
        try (var realm = TestRealm.start("", "--gateway.hosts.secret-file", file("join-secret"));
                var user = new TestUser("ada", realm.uri());
                var agent = agent(join(realm, token))) {
            Await.until("the worker of the host", () -> user.realm().workers().size() == 1);

            assertThat(user.ask("chat", "Hello").result().resultText()).isNotEmpty();

            Command second = Command.java(AGENT, join(realm, token).toArray(String[]::new));
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors())
                    .contains("another worker-agent on this machine uses " + file("host.key"))
                    .contains("--join.key FILE");
            assertThat(agent.out()).doesNotContain(token);
        }
    }

    @Test
    void aTokenThatCannotBeMadeIsSaidToBeWrongByName() {
        assertWrong("--days must be at least 1", "--days", "0");
        assertWrong("query_type must be", "--types", "Chat!");
        assertWrong("--trust", "--trust", "king");
        assertWrong("name must have 1 to 64", "--name", "");
    }

    private void assertWrong(String why, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("token", "create", "--secret-file", file("other-secret")));
        arguments.addAll(List.of(flags));
        Command refused = Command.mtor(arguments.toArray(String[]::new));
        assertThat(refused.exitCode()).as(refused.errors()).isEqualTo(2);
        assertThat(refused.errors()).contains(why);
        assertThat(refused.output()).isEmpty();
    }

    @Test
    void anAgentThatDoesNotKnowWhereToJoinSaysWhatIsMissing() {
        Command nowhere = Command.java(AGENT);
        Command tokenless = Command.java(AGENT, "--join", "ws://127.0.0.1:1");
        Command noGateway = Command.java(AGENT, "--join", "ftp://127.0.0.1:1", "--token", "x");

        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.errors()).contains("it is not said where to join: --join URL --token TOKEN");
        assertThat(tokenless.exitCode()).isEqualTo(1);
        assertThat(tokenless.errors()).contains("token is missing").contains("mtor token create");
        assertThat(noGateway.exitCode()).isEqualTo(1);
        assertThat(noGateway.errors()).contains("url must look like wss://realm.example");
    }
}
