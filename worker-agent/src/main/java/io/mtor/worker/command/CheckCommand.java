// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.Trials;
import io.mtor.worker.Trials.Tried;
import io.mtor.worker.WorkerAgentMain.Config;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Gives each capability of this host one small real intent, without joining anything: the first model of each. Exit code 1 if
 * one of them fails, or if there is nothing to try.
 */
final class CheckCommand implements AgentCommand {

    /** A model may have to be loaded. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public int run(List<String> args) {
        return Configured.run("check", args, CheckCommand::check);
    }

    private static int check(Config config) {
        List<Tried> all = new Trials(Vertx.vertx(), config.agent(), System.getenv(), PATIENCE)
                .run(offer -> config.owner().allows(offer.queryType()) ? Samples.of(offer) : null, false)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        all.forEach(each -> System.out.print(line(each)));
        if (all.isEmpty()) {
            System.out.println("nothing is offered, so there is nothing to try");
        }
        return !all.isEmpty() && all.stream().allMatch(each -> each.problem() == null) ? 0 : 1;
    }

    /** Such as {@code works  ollama 127.0.0.1:11434  chat llama3  1234 ms, 5 characters}. */
    static String line(Tried tried) {
        return String.format(
                Locale.ROOT,
                "%-6s  %s  %s  %s%n",
                tried.problem() == null ? "works" : "FAILS",
                tried.server(),
                (tried.offer().queryType() + " " + (tried.model() == null ? "" : tried.model())).strip(),
                tried.problem() == null ? tried.millis() + " ms, " + made(tried) : tried.problem());
    }

    private static String made(Tried tried) {
        return tried.bytes() > 0 ? tried.bytes() + " bytes of media" : tried.chars() + " characters";
    }
}
