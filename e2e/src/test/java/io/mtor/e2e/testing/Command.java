// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param exitCode what it returned
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 */
public record Command(int exitCode, String output, String errors) {

    private static final long LIMIT_SECONDS = 60;

    /** From this release on, Java writes a warning for each library that still uses {@code Unsafe}. */
    private static final int UNSAFE_WARNS = 24;

    /** Runs the {@code mtor} of the fat jar. */
    public static Command mtor(String... arguments) {
        return run(List.of("-jar", jar().toString()), arguments);
    }

    /** Runs another main class of the fat jar. */
    public static Command java(String main, String... arguments) {
        return run(List.of("-cp", jar().toString(), main), arguments);
    }

    private static Command run(List<String> what, String... arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(what);
        command.addAll(List.of(arguments));
        try {
            File output = temporary();
            File errors = temporary();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output)
                    .redirectError(errors)
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end: " + String.join(" ", command));
            }
            return new Command(
                    process.exitValue(), Files.readString(output.toPath()), Files.readString(errors.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** A small JVM, as quiet as {@code ./mtor} makes it. */
    private static List<String> java() {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            java.add("--sun-misc-unsafe-memory-access=allow");
        }
        return java;
    }

    /** The jar that people start. */
    public static Path jar() {
        Path jar = Sources.root().resolve("realm/target/mtor-realm-0.1.0-fat.jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("there is no " + jar + "; build it: ./mtor build");
        }
        return jar;
    }

    private static File temporary() throws IOException {
        Path file = Files.createTempFile("mtor-", ".txt");
        file.toFile().deleteOnExit();
        return file.toFile();
    }
}
