// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.common.protocol.Speed;
import io.mtor.worker.MeasuredSpeeds;
import io.mtor.worker.Trials;
import io.mtor.worker.Trials.Tried;
import io.mtor.worker.WorkerAgentMain.Config;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how fast each model of this host is, and keeps it; one intent at a time and each twice: the first loads the model. */
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
        return keep(all, config.agent().worker().speedsFile()) && all.stream().allMatch(each -> each.problem() == null)
                ? 0
                : 1;
    }

    /** Where the agent finds it, and tells it to the realm; false if it could not be kept. */
    private static boolean keep(List<Tried> all, Path file) {
        try {
            MeasuredSpeeds.read(file).with(measured(all)).write(file);
            System.out.println("kept in " + file + ", from where a running agent takes it within ten seconds");
            return true;
        } catch (IOException e) {
            System.err.println("it is not kept: " + e.getMessage());
            return false;
        }
    }

    /** Of those that were answered. */
    static MeasuredSpeeds measured(List<Tried> all) {
        return new MeasuredSpeeds(all.stream()
                .filter(each -> each.problem() == null)
                .collect(Collectors.groupingBy(
                        Tried::server, Collectors.mapping(BenchCommand::speedOf, Collectors.toList()))));
    }

    private static Speed speedOf(Tried tried) {
        return new Speed(
                tried.offer().queryType(), tried.model(), tried.firstMillis(), tried.millis(), tokensPerSecond(tried));
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
    private static @Nullable Double tokensPerSecond(Tried tried) {
        Integer tokens = tried.tokens();
        return tokens == null || tokens < 2 ? null : (tokens - 1) / seconds(tried);
    }

    private static double seconds(Tried tried) {
        return Math.max(1, tried.millis() - tried.firstMillis()) / MILLIS;
    }

    private static String speed(Tried tried) {
        Double tokens = tokensPerSecond(tried);
        if (tokens != null) {
            return String.format(Locale.ROOT, ", %.1f tokens/s", tokens);
        }
        return tried.bytes() == 0 && tried.chars() > 1 && tried.millis() > tried.firstMillis()
                ? String.format(Locale.ROOT, ", %.0f characters/s", tried.chars() / seconds(tried))
                : "";
    }
}
