// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a host takes no work.
 *
 * @param text for people, such as {@code on battery}
 * @param until when it is over, if that is known
 */
public record Reason(Cause cause, String text, @Nullable Instant until) {

    /** What keeps a host from work. */
    public enum Cause {
        /** He has said so. */
        OWNER,
        HOURS,
        TEMPERATURE,
        BATTERY,
        /** Another program computes on a GPU, or holds its memory. */
        OTHERS,
        VRAM_BUDGET,
        /** Somebody sits at this machine. */
        USER,
        JOBS;

        /** As it stands in JSON and logs. */
        public String spelled() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
