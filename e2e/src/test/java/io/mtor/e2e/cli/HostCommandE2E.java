// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Secret;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators rule on hosts from the command line, beside a realm that runs. */
class HostCommandE2E {

    private static final String MARK = "uaq4y7uyx26o";

    private static final String WORKER = """
            [[agent.simulated]]
            query_type = "chat"
            models = ["m1"]
            chunks = 3
            slots = 1
            """;

    @TempDir
    private Path folder;

    private Command host(String... arguments) {
        List<String> all = new ArrayList<>(List.of("host"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--book", folder.resolve("hosts").toString()));
        return Command.mtor(all.toArray(String[]::new));
    }

    @Test
    void aHostIsSeenApprovedDrainedAndRevoked() {
        String[] flags = TestHost.gateway(
                "--gateway.hosts.approval",
                "true",
                "--gateway.hosts.book",
                folder.resolve("hosts").toString());
        try (var realm = TestRealm.start("", flags);
                var user = new TestUser("ada", realm.uri());
                var host = TestHost.join(realm.uri(), WORKER)) {
            String mark = host.mark();
            Await.until("it to be listed", () -> host("list").output().contains(mark));
            assertThat(host("list").output()).containsPattern(mark + " +new +\\S+ +a test");

            Command approved = host("approve", mark);
            assertThat(approved.exitCode()).as(approved.errors()).isZero();
            assertThat(approved.output()).contains("approved " + mark);
            Await.until("its worker", () -> !user.realm().workers().isEmpty());
            assertThat(user.ask("chat", "Hello").result().workerId().value()).contains("-" + mark + ".");

            Command drained = host("drain", mark, "--why", "a new fan");
            assertThat(drained.exitCode()).as(drained.errors()).isZero();
            Await.until("its worker to drain", () -> health(user) == ServerMessage.Health.DRAINING);
            assertThat(host("list").output()).containsPattern(mark + " +drained +\\S+ +a test, a new fan");
            host("approve", mark);
            Await.until("its worker to be given work again", () -> health(user) == ServerMessage.Health.HEALTHY);
            user.ask("chat", "Hello").result();

            Command revoked = host("revoke", mark, "--why", "it was sold");
            assertThat(revoked.exitCode()).as(revoked.errors()).isZero();
            Await.until("its worker to be gone", () -> user.realm().workers().isEmpty());
            assertThat(host("list").output()).containsPattern(mark + " +revoked +\\S+ +a test, it was sold");
        }
    }

    private static ServerMessage.Health health(TestUser user) {
        return user.realm().workers().getFirst().health();
    }

    @Test
    void aTokenForOneHostIsAnotherEachTime() throws Exception {
        String file = folder.resolve("join-secret").toString();
        Command one = Command.mtor("token", "create", "--one-use", "--secret-file", file);
        Command other = Command.mtor("token", "create", "--one-use", "--secret-file", file);
        Command many = Command.mtor("token", "create", "--secret-file", file);

        assertThat(read(one).once()).isNotNull().isNotEqualTo(read(other).once());
        assertThat(read(many).once()).isNull();
    }

    private JoinToken read(Command made) throws IOException, JoinToken.BadToken {
        assertThat(made.exitCode()).as(made.errors()).isZero();
        var secret = new Secret(Files.readString(folder.resolve("join-secret")).strip());
        return JoinToken.verify(made.output().strip(), secret, Instant.now());
    }

    @Test
    void whatIsWrongIsSaidByName() throws IOException {
        assertWrong(2, "ATTIC: a mark has 12 characters, a to z and 2 to 7", "approve", "ATTIC");
        assertWrong(2, "MARK", "revoke");
        assertWrong(2, "a note has 200 printable characters", "revoke", MARK, "--why", "x".repeat(201));
        Command nobody = host("list");
        assertThat(nobody.exitCode()).isZero();
        assertThat(nobody.errors()).contains("no host has come yet");
        Command early = host("approve", MARK);
        assertThat(early.exitCode()).isZero();
        assertThat(early.errors()).contains("no host with the mark " + MARK + " has come yet");

        Path book = folder.resolve("hosts");
        Files.writeString(book, Files.readString(book) + "nonsense\n");
        Command passedOver = host("list");
        assertThat(passedOver.exitCode()).isZero();
        assertThat(passedOver.errors()).contains("passed over in " + book).contains("nonsense");
        assertThat(passedOver.output()).contains(MARK);

        Files.delete(book);
        Files.createDirectory(book);
        assertWrong(1, "cannot read " + book, "revoke", MARK);
    }

    private void assertWrong(int code, String why, String... arguments) {
        Command refused = host(arguments);
        assertThat(refused.exitCode()).as(refused.errors()).isEqualTo(code);
        assertThat(refused.errors()).contains(why);
        assertThat(refused.output()).isEmpty();
    }
}
