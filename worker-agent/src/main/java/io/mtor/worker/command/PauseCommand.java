// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.common.config.Durations;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the agent that runs on this machine to give it back, for a time such as {@code 2h} or until it is told to resume. */
final class PauseCommand implements AgentCommand {

    @Override
    public int run(List<String> args) {
        boolean timed = !args.isEmpty() && !args.getFirst().startsWith("-");
        Duration time = null;
        if (timed) {
            time = time(args.getFirst());
            if (time == null) {
                System.err.println(
                        "pause takes a time such as 30m or 2h, of at least a second; not " + args.getFirst());
                return 2;
            }
        }
        String body = time == null
                ? ""
                : new JsonObject().put("seconds", time.toSeconds()).encode();
        return Configured.run(
                "pause",
                timed ? args.subList(1, args.size()) : args,
                config -> TellCommand.tell(config, "pause", body, "takes no work"));
    }

    private static @Nullable Duration time(String text) {
        try {
            Duration time = Durations.parse(text);
            return time.toSeconds() < 1 ? null : time;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
