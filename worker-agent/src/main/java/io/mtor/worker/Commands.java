// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.WorkerAgentConfig.Command;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.command.CommandLineTemplate;
import io.mtor.worker.model.command.CommandServer;
import io.mtor.worker.model.command.MediaKind;
import io.mtor.worker.model.command.Programs;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The programs that an agent offers: those in its configuration, and two that many hosts have. */
final class Commands {

    private static final Logger LOGGER = LoggerFactory.getLogger(Commands.class);

    private static final Command SPEAK = new Command(
            "espeak-ng",
            QueryType.SPEAK,
            List.of("espeak-ng", "--stdin", "--stdout", "-v", "{language:en}"),
            MediaKind.TEXT,
            "audio/wav",
            2,
            Duration.ofMinutes(2));

    private static final Command READ = new Command(
            "tesseract",
            QueryType.READ,
            List.of("tesseract", "stdin", "stdout"),
            MediaKind.MEDIA,
            "text",
            1,
            Duration.ofMinutes(2));

    private Commands() {}

    /** A worker-to-be for each program that is installed. */
    static List<Found> installed(Vertx vertx, WorkerAgentConfig config, String searchPath) {
        List<Command> wanted = new ArrayList<>(config.command());
        if (config.worker().programs()) {
            for (Command usual : List.of(SPEAK, READ)) {
                boolean taken =
                        wanted.stream().anyMatch(command -> command.queryType().equals(usual.queryType()));
                if (!taken && Programs.find(usual.name(), searchPath).isPresent()) {
                    wanted.add(usual);
                }
            }
        }
        return wanted.stream()
                .flatMap(command -> found(vertx, config, command, searchPath).stream())
                .toList();
    }

    private static Optional<Found> found(Vertx vertx, WorkerAgentConfig config, Command command, String searchPath) {
        var template = new CommandLineTemplate(command.argv());
        Optional<Path> file = Programs.find(template.program(), searchPath);
        if (file.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("command", command.name())
                    .addKeyValue("program", template.program())
                    .log("program not found, so the command is not offered");
        }
        var shape = new CommandServer.Shape(
                command.input(),
                command.output(),
                config.answer().maxMedia().toInt(),
                command.timeout().toMillis());
        var serving = new Serving(List.of(new Offer(command.queryType(), List.of())), command.slots(), false);
        return file.map(path -> new Found(
                command.name(), new CommandServer(vertx, template.withProgram(path.toString()), shape), serving));
    }
}
