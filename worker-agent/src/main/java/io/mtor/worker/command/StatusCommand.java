// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.WorkerAgentMain.Config;
import java.util.ArrayList;
import java.util.List;

/** Says what the agent that runs on this machine does; with {@code --json} as it tells it. */
final class StatusCommand implements AgentCommand {

    private static final String JSON = "--json";

    @Override
    public int run(List<String> args) {
        List<String> flags = new ArrayList<>(args);
        boolean json = flags.remove(JSON);
        return Configured.run("status", flags, config -> show(config, json));
    }

    private static int show(Config config, boolean json) {
        var agent = Conversation.with(config.control());
        if (agent.isEmpty()) {
            return TellCommand.nobody(config);
        }
        var status = agent.get().get("/status");
        if (status.isEmpty()) {
            return TellCommand.nobody(config);
        }
        System.out.print(
                json
                        ? status.get().encodePrettily() + "\n"
                        : StatusText.all(status.get(), agent.get().reach().page()));
        return 0;
    }
}
