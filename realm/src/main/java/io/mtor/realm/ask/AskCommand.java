// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.common.config.Durations;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.realm.client.MtorClient;
import io.mtor.realm.client.core.ClientSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one intent and streams its answer to the terminal. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Send one intent and stream the answer.",
        footer = {"", "Exit codes: 0 answered, 1 the intent failed, 2 wrong usage, 3 no gateway could be reached."})
public final class AskCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;
    private static final long SPIN_MILLIS = 120;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "What you want.")
    private List<String> words = List.of();

    @Option(
            names = "--type",
            defaultValue = "auto",
            description = "Query type, such as chat or imagine; auto by default.")
    private String type = "auto";

    @Option(names = "--model", description = "The model to use; any by default.")
    private @Nullable String model;

    @Option(names = "--file", description = "A picture or a sound that goes with it.")
    private @Nullable Path file;

    @Option(names = "--out", description = "Where a picture or a sound is written; a name of its own here by default.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print every message as one line of JSON.")
    private boolean json;

    @Option(
            names = "--url",
            split = ",",
            paramLabel = "URL",
            defaultValue = "${MTOR_URL:-http://localhost:${MTOR_PORT:-8080}}",
            description =
                    "The gateway, or several with commas between them; MTOR_URL, or http://localhost:8080 by default.")
    private List<URI> gateways = List.of();

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeConverter.class,
            description =
                    "How long to look for a gateway when the connection is lost, such as 90s or 5m; 60s by default.")
    private Duration patience = ClientSettings.Limits.USUAL.search();

    /** A time as the configuration writes it. */
    static final class TimeConverter implements CommandLine.ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return Durations.parse(text);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        ClientMessage.Work work;
        ClientSettings settings;
        try {
            work = work(file == null ? List.of() : List.of(read(file)));
            settings = new ClientSettings(
                    gateways,
                    new UserId("cli-" + System.getProperty("user.name", "user")),
                    ClientSettings.Limits.USUAL.withSearch(patience));
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandLine.ParameterException(command.commandLine(), text(e));
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        AskView view = json ? new JsonView(System.out, out) : new TerminalView(System.out, System.err, out);
        try {
            ServerMessage end = await(ask(vertx, settings, work, view));
            view.close();
            return end instanceof ServerMessage.Result ? 0 : FAILED;
        } catch (ExecutionException e) {
            view.close();
            System.err.println("mtor ask: " + text(e.getCause()) + ". Is a realm running? Start one with: mtor up");
            return UNREACHABLE;
        } finally {
            vertx.close();
        }
    }

    private static Future<ServerMessage> ask(
            Vertx vertx, ClientSettings settings, ClientMessage.Work work, AskView view) {
        Promise<ServerMessage> end = Promise.promise();
        WebSocketClient sockets = MtorClient.sockets(vertx);
        vertx.runOnContext(ignored -> {
            MtorClient client = MtorClient.open(vertx, sockets, settings)
                    .onLink(view::onLink)
                    .onOther(message -> {
                        if (message instanceof ServerMessage.Failure failure) {
                            view.onMessage(failure);
                        }
                    });
            vertx.setPeriodic(SPIN_MILLIS, each -> view.tick());
            client.ask(work, view).terminal().onComplete(each -> client.close()).onComplete(end);
        });
        return end.future().onComplete(ignored -> sockets.close());
    }

    private ClientMessage.Work work(List<Media> media) {
        return new ClientMessage.Work(
                IntentId.random(),
                new QueryType(type),
                String.join(" ", words),
                null,
                model,
                null,
                media,
                null,
                true,
                null,
                null,
                null,
                null,
                null);
    }

    private static Media read(Path file) throws IOException {
        String type = URLConnection.guessContentTypeFromName(file.getFileName().toString());
        if (type == null) {
            throw new IllegalArgumentException("the kind of " + file + " cannot be told by its name");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        return Media.whole(type, Bytes.of(Files.readAllBytes(file)));
    }

    private static ServerMessage await(Future<ServerMessage> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    private static String text(@Nullable Throwable e) {
        return e == null ? "unknown" : Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
}
