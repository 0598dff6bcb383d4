// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that is asked of the program instead of a start, by the first word behind its name. */
public interface AgentCommand {

    /**
     * Does it.
     *
     * @param args what is behind its name
     * @return the exit code: 0 if all is well, 1 if it could not be done, 2 if it was asked wrongly
     */
    int run(List<String> args);

    /** The one that is named first; nothing if an agent is to be started. */
    static Optional<AgentCommand> named(String... args) {
        Map<String, AgentCommand> commands = Map.of(
                "check", new CheckCommand(),
                "bench", new BenchCommand(),
                "explain", new ExplainCommand(),
                "status", new StatusCommand(),
                "pause", new PauseCommand(),
                "resume", new TellCommand("resume", "takes work again, as far as its limits allow it"),
                "drain", new TellCommand("drain", "takes no more work, lets what runs end, and then ends"),
                "install-service", new InstallServiceCommand());
        return args.length == 0 ? Optional.empty() : Optional.ofNullable(commands.get(args[0]));
    }
}
