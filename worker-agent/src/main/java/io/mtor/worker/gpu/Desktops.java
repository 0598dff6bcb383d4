// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long nobody has touched a desktop of this machine, as systemd-logind knows it (IdleHint and IdleSinceHint of its
 * manager, see org.freedesktop.login1(5)). Desktops tell it when they have been idle for a while, and programs that play a
 * film keep it from believing that; a desktop that has never told it anything tells us nothing.
 *
 * <p>{@code loginctl} is asked every few seconds by a child that lives as long as this process, so a bus that hangs holds up
 * nobody.
 */
public final class Desktops implements Presence {

    private static final int ASK_SECONDS = 2;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final String ASK =
            "while \"$0\" show-session --property=IdleHint --property=IdleSinceHint; do sleep " + ASK_SECONDS
                    + "; done";

    /** @param since microseconds of the clock on the wall; 0 if there was no change ever */
    private record Told(boolean idle, long since, long atNanos) {}

    private final Child child;

    /** Of the lines so far of one answer; on the child's thread. */
    private @Nullable Boolean hint;

    private @Nullable Long since;

    private volatile @Nullable Told told;

    /** Starts the child. */
    public Desktops(Path loginctl) {
        child = Child.start(List.of("/bin/sh", "-c", ASK, loginctl.toString()), this::take);
    }

    /** An answer has two lines, in any order. */
    private void take(String line) {
        int equals = line.indexOf('=');
        String value = line.substring(equals + 1);
        switch (line.substring(0, Math.max(0, equals))) {
            case "IdleHint" -> hint = value.equals("yes");
            case "IdleSinceHint" -> since = value.matches("\\d{1,18}") ? Long.valueOf(value) : null;
            default -> {}
        }
        Boolean idle = hint;
        Long at = since;
        if (idle != null && at != null) {
            told = new Told(idle, at, System.nanoTime());
            hint = null;
            since = null;
        }
    }

    @Override
    public @Nullable Duration idle(Instant now) {
        Told last = told;
        if (last == null || last.since == 0 || System.nanoTime() - last.atNanos > FRESH_NANOS) {
            return null;
        }
        Instant since = Instant.EPOCH.plus(last.since, ChronoUnit.MICROS);
        return last.idle && since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }

    @Override
    public void close() {
        child.close();
    }
}
