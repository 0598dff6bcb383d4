// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import io.mtor.common.retry.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that writes lines for as long as it lives; one that ends is started again, more patiently each time. */
final class Child implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Child.class);

    private static final long LONG_LIFE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final List<String> argv;

    private final Consumer<String> lines;

    private final CountDownLatch closed = new CountDownLatch(1);

    private final AtomicReference<@Nullable Process> process = new AtomicReference<>();

    private Child(List<String> argv, Consumer<String> lines) {
        this.argv = List.copyOf(argv);
        this.lines = lines;
    }

    /** @param lines told of each line, on a thread of the child's own */
    static Child start(List<String> argv, Consumer<String> lines) {
        var child = new Child(argv, lines);
        Thread.ofPlatform().daemon().name("child " + argv.getFirst()).start(child::live);
        return child;
    }

    private void live() {
        int failures = 0;
        while (closed.getCount() > 0) {
            long begun = System.nanoTime();
            readToTheEnd();
            failures = System.nanoTime() - begun > LONG_LIFE_NANOS ? 0 : failures + 1;
            try {
                // The first pause is a second at most, the longest half a minute.
                if (closed.await(Backoff.delayMillis(failures + 1, 1), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void readToTheEnd() {
        try {
            Process started = new ProcessBuilder(argv)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.set(started);
            if (closed.getCount() == 0) {
                started.destroyForcibly();
            }
            started.getOutputStream().close();
            try (var reader =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.accept(line);
                }
            }
            started.destroyForcibly();
            LOGGER.atDebug().addKeyValue("program", argv.getFirst()).log("it has ended");
        } catch (IOException e) {
            LOGGER.atDebug()
                    .addKeyValue("program", argv.getFirst())
                    .addKeyValue("reason", e.getMessage())
                    .log("it cannot be started");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Process running = process.get();
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
