// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for loginctl. */
class DesktopsIT {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    /** Behaves like this when it is asked, and then writes down what for. */
    private Desktops desktops(String answer) throws IOException {
        Path script = folder.resolve("loginctl");
        Files.writeString(script, """
                #!/bin/sh
                %s
                echo "$*" >> '%s'
                """.formatted(answer, folder.resolve("asked")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new Desktops(script);
    }

    /** Whoever is asked again has had the answer before. */
    private void awaitAskedTwice() {
        Await.until("it to be asked again", () -> asked().size() >= 2);
    }

    private List<String> asked() {
        try {
            Path file = folder.resolve("asked");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(String hint, Instant since) {
        return "echo IdleHint=" + hint + "; echo IdleSinceHint=" + since.toEpochMilli() * 1_000;
    }

    @Test
    void shouldKnowSinceWhenNobodyHasTouchedIt() throws IOException {
        try (var desktops = desktops(told("yes", NOW.minusSeconds(90)))) {
            Await.until("an answer", () -> Duration.ofSeconds(90).equals(desktops.idle(NOW)));
            awaitAskedTwice();
            assertThat(asked()).contains("show-session --property=IdleHint --property=IdleSinceHint");
        }
    }

    @Test
    void shouldTakeSomebodyWhoCameBackForThere() throws IOException {
        try (var desktops = desktops(told("no", NOW.minusSeconds(90)))) {
            Await.until("an answer", () -> Duration.ZERO.equals(desktops.idle(NOW)));
        }
    }

    @Test
    void shouldReadTheAnswerInAnyOrderBesideOtherLines() throws IOException {
        String since = Long.toString(NOW.minusSeconds(5).toEpochMilli() * 1_000);
        try (var desktops = desktops("echo IdleSinceHint=" + since + "; echo; echo Docked=no; echo IdleHint=yes")) {
            Await.until("an answer", () -> Duration.ofSeconds(5).equals(desktops.idle(NOW)));
        }
    }

    @Test
    void shouldKnowNothingOfDesktopsThatNeverTellAnything() throws IOException {
        try (var desktops = desktops("echo IdleHint=no; echo IdleSinceHint=0")) {
            awaitAskedTwice();
            assertThat(desktops.idle(NOW)).isNull();
        }
    }

    @Test
    void shouldKnowNothingWithoutLogind() throws IOException {
        try (var desktops = desktops("echo 'System has not been booted with systemd' >&2; echo \"$*\" >> '"
                + folder.resolve("asked") + "'; exit 1")) {
            awaitAskedTwice();
            assertThat(desktops.idle(NOW)).isNull();
        }
    }
}
