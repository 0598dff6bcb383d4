// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.Trials;
import io.mtor.worker.Trials.Tried;
import io.mtor.worker.WorkerAgentMain.Config;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Locale;

/** Says how fast each model of this host is, one intent at a time and each twice: the first loads the model. */
final class BenchCommand implements AgentCommand {

    private static final double MILLIS = 1_000.0;

    @Override
    public int run(List<String> args) {
        return Configured.run("bench", args, BenchCommand::bench);
    }

    private static int bench(Config config) {
        var trials = new Trials(Vertx.vertx(), config.agent(), System.getenv(), CheckCommand.PATIENCE);
        List<Tried> all = trials.run(
                        offer -> config.owner().allows(offer.queryType()) ? Samples.forSpeed(offer) : null, true)
                .compose(cold -> trials.run(
                        offer -> config.owner().allows(offer.queryType()) ? Samples.forSpeed(offer) : null, true))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        all.forEach(each -> System.out.print(each.problem() == null ? line(each) : CheckCommand.line(each)));
        return all.stream().allMatch(each -> each.problem() == null) ? 0 : 1;
    }

    /** Such as {@code llama-cpp 127.0.0.1:8080  chat tiny  first 12 ms, whole 90 ms, 812.5 tokens/s}. */
    static String line(Tried tried) {
        return String.format(
                Locale.ROOT,
                "%s  %s  first %d ms, whole %d ms%s%n",
                tried.server(),
                (tried.offer().queryType() + " " + (tried.model() == null ? "" : tried.model())).strip(),
                tried.firstMillis(),
                tried.millis(),
                speed(tried));
    }

    /** Of what comes after the first piece, whose time is that of reading the question. */
    private static String speed(Tried tried) {
        double seconds = Math.max(1, tried.millis() - tried.firstMillis()) / MILLIS;
        Integer tokens = tried.tokens();
        if (tokens != null && tokens > 1) {
            return String.format(Locale.ROOT, ", %.1f tokens/s", (tokens - 1) / seconds);
        }
        return tried.bytes() == 0 && tried.chars() > 1 && tried.millis() > tried.firstMillis()
                ? String.format(Locale.ROOT, ", %.0f characters/s", tried.chars() / seconds)
                : "";
    }
}
