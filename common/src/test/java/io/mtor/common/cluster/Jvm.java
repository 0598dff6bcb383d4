// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A second process running {@link EchoService}, and what it says. */
final class Jvm implements AutoCloseable {

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private final Thread reader;

    private Jvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::read);
        reader.start();
    }

    static Jvm start(String... args) throws IOException {
        String java = System.getProperty("java.home") + "/bin/java";
        var command = Stream.concat(
                Stream.of(java, "-Xmx128m", "-cp", System.getProperty("java.class.path"), EchoService.class.getName()),
                Stream.of(args));
        var builder = new ProcessBuilder(command.toList()).redirectErrorStream(true);
        return new Jvm(builder.start());
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The first line that begins so, without that beginning; waits for it. */
    String said(String beginning) throws InterruptedException {
        return wait(line -> line.startsWith(beginning)).substring(beginning.length());
    }

    String wait(Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        synchronized (lines) {
            while (true) {
                var found = lines.stream().filter(wanted).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new AssertionError("never said it, but:\n" + String.join("\n", lines));
                }
                lines.wait(100);
            }
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    /** As Ctrl-C would; unlike {@link Process#destroy} it leaves the output open. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("still running:\n" + String.join("\n", lines()));
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
