// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.worker.model.command.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Programs that a test wants to find on its machine. */
public final class Installed {

    private Installed() {}

    /** Without the program the test is skipped, loudly, and fails where CI is true. */
    public static void need(String program) {
        if (Programs.find(program, String.valueOf(System.getenv("PATH"))).isEmpty()) {
            String how = program + " is not installed; on Debian: apt install " + program;
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(how);
            }
            System.err.println("SKIPPED: " + how);
            Assumptions.abort(how);
        }
    }

    /** A WAV sound in which espeak-ng says this, with lengths in its header that make no sense, as it writes to a pipe. */
    public static byte[] espeak(String text) {
        need("espeak-ng");
        try {
            Process espeak = new ProcessBuilder("espeak-ng", "--stdin", "--stdout").start();
            try (var stdin = espeak.getOutputStream()) {
                stdin.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return espeak.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
