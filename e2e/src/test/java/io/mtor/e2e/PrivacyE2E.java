// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.Turn;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What a user writes is in no log, whatever becomes of it, and reaches no model server but the one that does it. One word
 * that occurs nowhere else is sent on every way; the logs of all parts are read down to the finest level of ours and the
 * second finest of the libraries.
 */
class PrivacyE2E {

    private static final String CANARY = "zebrafinch";

    private final Vertx vertx = Vertx.vertx();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = loggers.getLogger("io.mtor");
    private final Level levelBefore = root.getLevel();

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.DEBUG);
        ours.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        root.setLevel(levelBefore);
        ours.setLevel(null);
        Await.result(vertx.close());
    }

    /** A model server with OpenAI's API that remembers what it was asked, and repeats it in every error. */
    private final class Parrot {

        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Parrot(String model, int status) {
            server = Await.result(vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> {
                        var response = request.response().putHeader("Content-Type", "application/json");
                        if (request.path().equals("/v1/models")) {
                            response.end("{\"object\":\"list\",\"data\":[{\"id\":\"" + model + "\"}]}");
                        } else if (request.path().equals("/v1/chat/completions")) {
                            asked.add(body.toString());
                            if (status == 200) {
                                response.putHeader("Content-Type", "text/event-stream")
                                        .end(
                                                "data: {\"choices\":[{\"delta\":{\"content\":\"" + CANARY
                                                        + "\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
                            } else {
                                response.setStatusCode(status).end("{\"error\":{\"message\":\"" + CANARY + "!\"}}");
                            }
                        } else {
                            response.setStatusCode(404).end();
                        }
                    }))
                    .listen(0, "127.0.0.1"));
        }

        String toml() {
            return "[[agent.model_server]]\nurl = \"http://127.0.0.1:" + server.actualPort() + "\"\n";
        }
    }

    private static ClientMessage.Work everywhere(ClientMessage.Work work, String model) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                model,
                List.of(new Turn("user", CANARY), new Turn("assistant", CANARY)),
                List.of(),
                new Parameters("{\"stop\":[\"" + CANARY + "\"]}"),
                true,
                null,
                null,
                null,
                null,
                null);
    }

    private static String text(String model) {
        return "Tell " + model + " of the " + CANARY;
    }

    private static ServerMessage end(TestUser user, String type, String model) {
        return user.ask(type, text(model), work -> everywhere(work, model)).end();
    }

    @Test
    void whatUsersWriteIsInNoLogAndReachesOneModelServerOnly() throws Exception {
        var answers = new Parrot("answers", 200);
        var breaks = new Parrot("breaks", 500);
        var refuses = new Parrot("refuses", 400);
        var idle = new Parrot("idle", 200);
        String toml = answers.toml() + breaks.toml() + refuses.toml() + idle.toml() + """
                [agent.discovery]
                on = true
                ports = []
                [[agent.command]]
                name = "echo"
                query_type = "echo"
                argv = ["cat"]
                [[agent.command]]
                name = "grumbles"
                query_type = "grumble"
                argv = ["sh", "-c", "cat >&2; exit 1"]
                [[agent.command]]
                name = "argument"
                query_type = "argument"
                argv = ["false", "{text}"]
                [[agent.command]]
                name = "measures"
                query_type = "measure"
                input = "media"
                argv = ["wc", "-c"]
                """
                + Stream.of("fail", "busy", "hang", "hang-midway", "break-midway")
                        .map(each -> "[[agent.simulated]]\nquery_type = \"" + each
                                + "\"\nmodels = [\"m\"]\nbehaviour = \"" + each + "\"\nwork = \"50ms\"\n")
                        .reduce("", String::concat);
        try (var realm = TestRealm.start(toml, TestHost.gateway());
                var host = TestHost.join(
                        realm.uri(),
                        "[[agent.command]]\nname = \"far\"\nquery_type = \"far\"\nargv = [\"cat\"]\n",
                        HostKey.generate(),
                        TestHost.token(Trust.OWN));
                var user = new TestUser("ada", realm.uri())) {
            Await.until(
                    "four model servers and all else",
                    () -> user.realm().workers().size() >= 14);

            assertThat(end(user, "chat", "answers")).isInstanceOf(ServerMessage.Result.class);
            assertThat(end(user, "chat", "breaks")).isInstanceOf(ServerMessage.Failure.class);
            assertThat(end(user, "chat", "refuses")).isInstanceOf(ServerMessage.Failure.class);
            for (String type : List.of("echo", "far")) {
                assertThat(user.ask(type, text("it")).result().resultText()).contains(CANARY);
            }
            for (String type : List.of("grumble", "argument", "fail", "break-midway", "nobody-does-this")) {
                assertThat(user.ask(type, text(type)).end()).isInstanceOf(ServerMessage.Failure.class);
            }
            for (String type : List.of("busy", "hang", "hang-midway")) {
                TestUser.Asked asked = user.ask(type, text(type));
                asked.first(ServerMessage.Accepted.class);
                user.cancel(asked);
                assertThat(asked.end()).isInstanceOf(ServerMessage.Failure.class);
            }
            var media = Media.whole("text/plain", Bytes.of(CANARY.getBytes(StandardCharsets.UTF_8)));
            assertThat(user.ask("measure", text("media"), work -> with(work, media))
                            .result()
                            .resultText())
                    .contains(Integer.toString(CANARY.length()));
            assertThat(overHttp(
                            realm.uri(),
                            "{\"model\":\"answers\",\"messages\":[{\"role\":\"user\",\"content\":\"" + CANARY
                                    + "\"}]}"))
                    .contains(CANARY);
            overHttp(realm.uri(), "{\"model\":\"answers\",\"messages\":[{\"role\":\"" + CANARY + "\"}]}");
            overHttp(realm.uri(), "{\"" + CANARY + "\": " + CANARY);

            assertThat(host.mark()).isNotEmpty();
        }

        assertThat(idle.asked).isEmpty();
        for (Parrot each : List.of(answers, breaks, refuses)) {
            assertThat(each.asked).isNotEmpty().allMatch(body -> body.contains(CANARY));
        }
        LoggerFactory.getLogger(PrivacyE2E.class).trace("seen: {}", CANARY);
        assertThat(written()).hasSizeGreaterThan(20);
        assertThat(written().stream().filter(line -> line.contains(CANARY)).toList())
                .as("the test's own word, and no other")
                .hasSize(1);
    }

    private static ClientMessage.Work with(ClientMessage.Work work, Media media) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                null,
                null,
                List.of(media),
                null,
                true,
                null,
                null,
                null,
                null,
                null);
    }

    private static String overHttp(URI realm, String body) throws Exception {
        URI completions = URI.create("http://" + realm.getHost() + ":" + realm.getPort() + "/v1/chat/completions");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(completions)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** All that was logged, as it would stand in a file. */
    private List<String> written() {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            var line = new StringBuilder(event.getLoggerName()).append(' ').append(event.getFormattedMessage());
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(pair -> line.append(' ').append(pair));
            }
            for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                line.append(' ').append(thrown.getMessage());
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
