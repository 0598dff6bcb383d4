// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.realm.client.Answer;
import io.mtor.realm.client.MtorClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Media above this go as a binary stream instead of inside the message. */
    private static final int INLINE_LIMIT = 256 * 1024;

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
            defaultValue = "${MTOR_URL:-http://localhost:${MTOR_PORT:-8080}}",
            description = "The gateway; MTOR_URL, or http://localhost:8080 by default.")
    private @Nullable URI url;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        URI gateway = Objects.requireNonNull(url);
        ClientMessage.Work work;
        List<Media> media;
        try {
            media = file == null ? List.of() : List.of(read(file));
            work = work(media);
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandLine.ParameterException(command.commandLine(), text(e));
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            AskView view = json ? new JsonView(System.out, out) : new TerminalView(System.out, System.err, out);
            ServerMessage end = await(ask(vertx, gateway, work, media, view));
            view.close();
            return end instanceof ServerMessage.Result ? 0 : FAILED;
        } catch (ExecutionException e) {
            System.err.println("mtor ask: no gateway answers at " + gateway + " (" + text(e.getCause()) + ")."
                    + " Is a realm running? Start one with: mtor up");
            return UNREACHABLE;
        } finally {
            vertx.close();
        }
    }

    private static Future<ServerMessage> ask(
            Vertx vertx, URI gateway, ClientMessage.Work work, List<Media> media, AskView view) {
        return MtorClient.connect(vertx, gateway, new UserId("cli-" + System.getProperty("user.name", "user")))
                .compose(client -> {
                    Answer answer = client.ask(work, view);
                    vertx.setPeriodic(SPIN_MILLIS, ignored -> view.tick());
                    if (!Objects.equals(work.media(), media)) {
                        client.upload(1, Objects.requireNonNull(media.get(0).data()));
                    }
                    client.onOther(message -> {
                        if (message instanceof ServerMessage.Failure failure) {
                            view.onMessage(failure);
                        }
                    });
                    return Future.any(answer.terminal(), closed(vertx, client))
                            .map(ignored -> answer.terminal().succeeded()
                                    ? answer.terminal().result()
                                    : lost(work, view))
                            .onComplete(ignored -> client.close());
                });
    }

    private static ServerMessage lost(ClientMessage.Work work, AskView view) {
        var failure = ServerMessage.Failure.of(
                work.guid(), ErrorCode.UNAVAILABLE, "the gateway closed the connection in mid-answer");
        view.onMessage(failure);
        return failure;
    }

    /** Completes when the connection is gone. */
    private static Future<Void> closed(Vertx vertx, MtorClient client) {
        return vertx.timer(100).compose(ignored -> client.isLost() ? Future.succeededFuture() : closed(vertx, client));
    }

    private ClientMessage.Work work(List<Media> media) {
        boolean inline = media.stream()
                .allMatch(each -> Objects.requireNonNull(each.data()).length() <= INLINE_LIMIT);
        List<Media> named = inline ? media : List.of(Media.streamed(media.get(0).mediaType(), 1));
        return new ClientMessage.Work(
                IntentId.random(),
                new QueryType(type),
                String.join(" ", words),
                null,
                model,
                null,
                named,
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
