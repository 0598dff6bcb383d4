// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtor simulate replay}: one world again, event for event. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Lets one world happen again, as it was, event for event, and tells what broke in it.")
final class ReplayCommand implements Callable<Integer> {

    @Option(names = "--seed", required = true, description = "Of the world.")
    private long seed;

    @Option(names = "--per-world", defaultValue = "1500", description = "Intents; ${DEFAULT-VALUE} by default.")
    private int perWorld;

    @Option(
            names = "--about",
            description = "Tell what happened to the intent with this guid, whether or not it is right.")
    private @Nullable String about;

    @Override
    public Integer call() {
        var episode = new Episode(Plan.draw(seed, perWorld), about != null);
        Outcome outcome = episode.run();
        if (about != null) {
            episode.trace().about(about).forEach(System.out::println);
        }
        FaultsCommand.print(outcome, 1, 0, System.out);
        if (outcome.violations().isEmpty()) {
            return 0;
        }
        if (about == null) {
            new Story(seed, perWorld).tell(System.out);
        }
        return 1;
    }
}
