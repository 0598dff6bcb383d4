// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.WorkerAgentMain.Config;
import java.util.List;

/**
 * Tells the agent that runs on this machine something.
 *
 * @param word what it is told
 * @param effect what it does then, for people
 */
record TellCommand(String word, String effect) implements AgentCommand {

    @Override
    public int run(List<String> args) {
        return Configured.run(word, args, config -> tell(config, word, "", effect));
    }

    static int tell(Config config, String word, String body, String effect) {
        var agent = Conversation.with(config.control());
        if (agent.isEmpty()) {
            return nobody(config);
        }
        var status = agent.get().post("/" + word, body);
        if (status.isEmpty()) {
            return nobody(config);
        }
        System.out.println(status.get().getString("host") + " " + effect);
        System.out.print(StatusText.availability(status.get().getJsonObject("availability")));
        return 0;
    }

    static int nobody(Config config) {
        System.err.println("no agent of yours runs on this machine (looked into "
                + config.control().reach() + ")");
        return 1;
    }
}
