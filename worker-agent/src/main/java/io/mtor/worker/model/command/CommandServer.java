// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that is started for each intent. */
public final class CommandServer implements ModelServer {

    private final Vertx vertx;

    private final CommandLineTemplate template;

    private final Shape shape;

    /**
     * What goes in and comes out.
     *
     * @param output a media type, or {@code text}
     * @param maxOutputBytes a medium may have
     * @param timeoutMillis for one intent
     */
    public record Shape(MediaKind input, String output, int maxOutputBytes, long timeoutMillis) {

        boolean writesText() {
            return output.equals("text");
        }
    }

    public CommandServer(Vertx vertx, CommandLineTemplate template, Shape shape) {
        this.vertx = vertx;
        this.template = template;
        this.shape = shape;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        var run = new CommandRun(vertx, shape, sink);
        Intent intent = work.intent();
        byte @Nullable [] input = input(intent);
        List<String> argv = template.fill(intent);
        if (input == null) {
            vertx.runOnContext(
                    go -> run.end(() -> sink.failed(Cause.BAD_INPUT, intent.queryType() + " needs a medium")));
        } else if (argv.isEmpty()) {
            String message = "the text must not begin with a dash, the language must be letters and dashes";
            vertx.runOnContext(go -> run.end(() -> sink.failed(Cause.BAD_INPUT, message)));
        } else {
            run.begin(argv, input);
        }
        return run;
    }

    private byte @Nullable [] input(Intent intent) {
        if (shape.input == MediaKind.TEXT) {
            return intent.text().getBytes(StandardCharsets.UTF_8);
        }
        Media first = intent.media().isEmpty() ? null : intent.media().get(0);
        Bytes data = first == null ? null : first.data();
        return data == null ? null : data.array();
    }
}
