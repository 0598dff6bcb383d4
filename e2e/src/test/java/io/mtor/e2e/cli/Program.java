// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of ours, what it said so far, and how it ended. It never outlives its test. */
@SuppressWarnings("JdkObsolete") // its output is written and read by several threads
final class Program implements AutoCloseable {

    private static final int LIMIT_SECONDS = 90;

    private final Process process;
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private final List<Thread> readers;

    /** How it ended. */
    record Outcome(int code, String out, String err) {}

    private Program(Process process) {
        this.process = process;
        this.readers = List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
    }

    /** The fat jar on the JVM of this test. */
    static Program mtor(String... arguments) {
        return java(Path.of(System.getProperty("java.home")), arguments);
    }

    /** The fat jar on another JVM. */
    static Program java(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/java").toString(), "-jar", Command.jar().toString()));
        command.addAll(Arrays.asList(arguments));
        return start(command, Map.of());
    }

    static Program start(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command).directory(Sources.root().toFile());
            // What the machine of the test happens to set is none of the test's business.
            builder.environment().keySet().removeIf(name -> name.startsWith("MTOR_"));
            builder.environment().putAll(environment);
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private static Thread read(InputStream in, StringBuffer into) {
        return Thread.ofVirtual().start(() -> {
            try (in) {
                var buffer = new byte[4096];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    into.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                into.append("\n(cannot be read: ").append(e.getMessage()).append(")\n");
            }
        });
    }

    /** What it has printed so far. */
    String out() {
        return out.toString();
    }

    /** Waits until it has printed this. */
    Program awaitOut(String text) {
        return await("output", out, text);
    }

    /** Waits until it has complained of this. */
    Program awaitErr(String text) {
        return await("error", err, text);
    }

    private Program await(String name, StringBuffer written, String text) {
        Await.until("\"" + text + "\" on standard " + name, () -> written.indexOf(text) >= 0 || !process.isAlive());
        if (written.indexOf(text) < 0) {
            throw new AssertionError("it ended without \"" + text + "\": " + end());
        }
        return this;
    }

    /** Asks it to stop, as Ctrl-C and every supervisor do. */
    Program terminate() {
        process.destroy();
        return this;
    }

    /** {@code kill -9}; what it has started lives on, if it can. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end. */
    Outcome end() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + out + err);
            }
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return new Outcome(process.exitValue(), out(), err.toString());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
