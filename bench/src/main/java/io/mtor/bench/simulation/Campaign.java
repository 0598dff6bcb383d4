// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Many worlds, on all processors: worlds share nothing. */
public final class Campaign {

    private final long firstSeed;
    private final int intentsPerWorld;
    private final LongConsumer onProgress;
    private final List<Long> broken = Collections.synchronizedList(new ArrayList<>());

    /** @param onProgress hears how many worlds are done, on any thread */
    public Campaign(long firstSeed, int intentsPerWorld, LongConsumer onProgress) {
        this.firstSeed = firstSeed;
        this.intentsPerWorld = intentsPerWorld;
        this.onProgress = onProgress;
    }

    /** Runs the worlds of so many seeds in a row. */
    public Outcome run(long worlds) {
        var done = new AtomicLong();
        return LongStream.range(firstSeed, firstSeed + worlds)
                .parallel()
                .mapToObj(seed -> {
                    Outcome outcome = new Episode(Plan.draw(seed, intentsPerWorld), false).run();
                    if (!outcome.violations().isEmpty()) {
                        broken.add(seed);
                    }
                    onProgress.accept(done.incrementAndGet());
                    return outcome;
                })
                .reduce(Outcome.NONE, Outcome::and);
    }

    /** The seeds of worlds that broke a law, in order. */
    public List<Long> broken() {
        return broken.stream().sorted().toList();
    }
}
