// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.common.config.CommandLine;
import io.mtor.common.config.CommandLine.Next;
import io.mtor.worker.WorkerAgentMain;
import io.mtor.worker.WorkerAgentMain.Config;
import java.util.List;
import java.util.function.ToIntFunction;

/** Reads the flags of a start, which every command takes, so that it sees what the agent would see. */
final class Configured {

    private Configured() {}

    static int run(String command, List<String> args, ToIntFunction<Config> action) {
        var service = new WorkerAgentMain();
        return switch (CommandLine.ofProcess(service.name() + " " + command, service.aliases())
                .read(service.type(), args)) {
            case Next.Exit<Config> exit -> exit.code();
            case Next.Start<Config> start -> action.applyAsInt(start.config());
        };
    }
}
