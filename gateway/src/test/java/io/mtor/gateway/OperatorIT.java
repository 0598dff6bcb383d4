// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.ConfigException;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ClientMessage.Action;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.FakeRealm;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator can do at a gateway, and nobody else. */
@Timeout(90)
class OperatorIT {

    private static final String TOKEN = "let-the-operator-in";
    private static final String MARK = "uaq4y7uyx26o";

    private static RunningGateway gateway() {
        return new RunningGateway("--gateway.admin.token=" + TOKEN);
    }

    private static ServerMessage.@Nullable Role hello(TestClient client, @Nullable String token) {
        client.say(new ClientMessage.Hello("test", token, new UserId("ada"), Map.of()));
        return next(client, ServerMessage.Welcome.class, welcome -> true).role();
    }

    /** Passes over what else is heard. */
    private static <M extends ServerMessage> M next(TestClient client, Class<M> type, Predicate<M> wanted) {
        while (true) {
            ServerMessage message = client.next();
            if (type.isInstance(message) && wanted.test(type.cast(message))) {
                return type.cast(message);
            }
        }
    }

    private static ServerMessage.Failure failure(TestClient client) {
        return next(client, ServerMessage.Failure.class, each -> true);
    }

    private static ServerMessage.Health healthOf(ServerMessage.Realm realm) {
        return realm.workers().get(0).health();
    }

    @Test
    void shouldKnowAnOperatorByTheToken() {
        try (var gateway = gateway();
                TestClient client = gateway.client()) {
            assertThat(hello(client, TOKEN)).isEqualTo(ServerMessage.Role.ADMIN);
            assertThat(hello(client, null)).isNull();
        }
    }

    @Test
    void shouldSayThatATokenIsWrongAndCloseAfterFive() {
        try (var gateway = gateway();
                TestClient client = gateway.client()) {
            for (int wrong = 1; wrong <= 4; wrong++) {
                client.say(new ClientMessage.Hello("test", "guess " + wrong, null, Map.of()));
                assertThat(client.next(ServerMessage.Failure.class).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
                assertThat(client.next(ServerMessage.Welcome.class).role()).isNull();
            }

            client.say(new ClientMessage.Hello("test", "guess 5", null, Map.of()));

            assertThat(client.next(ServerMessage.Failure.class).message()).contains("once too often");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldForbidEverythingToOthers() {
        try (var gateway = gateway();
                TestClient client = gateway.client();
                TestClient other = gateway.client()) {
            hello(client, null);
            hello(other, null);

            client.say(new ClientMessage.Watch("admin", true));
            client.say(new ClientMessage.Admin(Action.DRAIN, FakeRealm.WORKER, null));
            client.say(new ClientMessage.Admin(Action.NOTICE, null, "All your base"));
            client.say(new ClientMessage.Admin(Action.REVOKE, null, null, MARK));
            client.say(new ClientMessage.Watch("realm", true));

            for (int i = 0; i < 4; i++) {
                assertThat(client.next(ServerMessage.Failure.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
            }
            client.next(ServerMessage.Realm.class);
            other.ask("say hi");
            assertThat(other.untilTheEnd()).noneMatch(ServerMessage.Notice.class::isInstance);
            assertThat(gateway.realm.drains).hasValue(0);
        }
    }

    @Test
    void shouldDrainAWorkerAndTakeItBackThoughAMessageIsLost() {
        try (var gateway = gateway();
                TestClient client = gateway.client()) {
            hello(client, TOKEN);
            client.say(new ClientMessage.Watch("realm", true));

            client.say(new ClientMessage.Admin(Action.DRAIN, FakeRealm.WORKER, null));
            next(client, ServerMessage.Realm.class, realm -> healthOf(realm) == ServerMessage.Health.DRAINING);
            assertThat(gateway.realm.drains).hasValueGreaterThanOrEqualTo(2);

            client.say(new ClientMessage.Admin(Action.RESUME, FakeRealm.WORKER, null));
            next(client, ServerMessage.Realm.class, realm -> healthOf(realm) == ServerMessage.Health.HEALTHY);
        }
    }

    @Test
    void shouldSayThatNobodyHasThatName() {
        try (var gateway = gateway();
                TestClient client = gateway.client()) {
            hello(client, TOKEN);

            client.say(new ClientMessage.Admin(Action.DRAIN, new WorkerId("nobody"), null));

            assertThat(failure(client).message()).isEqualTo("worker_id: nobody here is called nobody");
        }
    }

    @Test
    void shouldWriteWhatIsRuledOnAHostAndShowIt(@TempDir Path folder) throws IOException {
        Path book = folder.resolve("hosts");
        try (var gateway = new RunningGateway("--gateway.admin.token=" + TOKEN, "--gateway.hosts.book=" + book);
                TestClient client = gateway.client()) {
            hello(client, TOKEN);
            client.say(new ClientMessage.Watch("admin", true));

            client.say(new ClientMessage.Admin(Action.REVOKE, null, "sold", MARK));

            var revoked = new ServerMessage.HostState(MARK, null, null, ServerMessage.Standing.REVOKED, 0, null);
            next(client, ServerMessage.Operations.class, shown -> shown.hosts().equals(List.of(revoked)));
            Waiting.until(() -> written(book).contains(" revoked " + MARK + " sold\n"), "it is written");

            client.say(new ClientMessage.Admin(Action.APPROVE, null, null, MARK));

            next(client, ServerMessage.Operations.class, shown -> shown.hosts().isEmpty());
            Waiting.until(() -> written(book).contains(" approved " + MARK + "\n"), "it is written");

            client.say(new ClientMessage.Admin(Action.REVOKE, null, "x".repeat(201), MARK));

            assertThat(failure(client).message()).contains("message: a note has 200 printable characters at most");
        }
    }

    private static String written(Path book) {
        try {
            return Files.exists(book) ? Files.readString(book) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTellANoticeToAll() {
        try (var gateway = gateway();
                TestClient client = gateway.client();
                TestClient other = gateway.client()) {
            hello(other, null);
            hello(client, TOKEN);

            client.sayRaw("{\"type\":\"admin\",\"action\":\"notice\",\"message\":\" Back\\nat \\u202enoon\"}");

            var told = new ServerMessage.Notice("Back at  noon");
            assertThat(next(other, ServerMessage.Notice.class, each -> true)).isEqualTo(told);
            assertThat(next(client, ServerMessage.Notice.class, each -> true)).isEqualTo(told);
        }
    }

    @Test
    void shouldShowHowTheGatewayIsDoingWhileItIsWatched() {
        try (var gateway = gateway();
                TestClient client = gateway.client()) {
            hello(client, TOKEN);
            client.say(new ClientMessage.Watch("admin", true));

            var shown = next(
                    client,
                    ServerMessage.Operations.class,
                    each -> !each.gateways().isEmpty() && each.gateways().get(0).intentsPerS() != null);

            assertThat(shown.gateways()).singleElement().satisfies(each -> assertThat(each.sessions())
                    .isEqualTo(1));
        }
    }

    @Test
    void shouldRefuseToStartWithATokenThatCanBeGuessed() {
        assertThatThrownBy(() -> RunningGateway.config("--gateway.admin.token=letmein"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("letmein");
    }
}
