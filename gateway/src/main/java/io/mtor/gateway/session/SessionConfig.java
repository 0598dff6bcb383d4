// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.config.Key;
import io.mtor.common.config.Size;
import java.time.Duration;

/** How patient a session is. */
public record SessionConfig(
        @Key(
                doc = "A placement without any sign of the dispatcher is sent again after this",
                byDefault = "700ms",
                atLeast = "10ms")
        Duration placeAgain,

        @Key(
                doc = "A waiting intent whose dispatcher says nothing for this long is placed again",
                byDefault = "6s",
                atLeast = "100ms")
        Duration waitingSilence,

        @Key(
                doc = "An intent ends as unavailable when no dispatcher is reached for this long; a cluster where"
                        + " something stands still needs up to 15s",
                byDefault = "20s",
                atLeast = "0s")
        Duration noDispatcher,

        @Key(
                doc = "A resume that the worker does not answer for this long becomes a new dispatch",
                byDefault = "1500ms",
                atLeast = "10ms")
        Duration resumePatience,

        @Key(
                doc = "A running intent that is silent for this long is asked after, and again as often",
                byDefault = "1s",
                atLeast = "10ms")
        Duration probeAfter,

        @Key(
                doc = "A worker that answers nothing for this long has lost the intent",
                byDefault = "3300ms",
                atLeast = "100ms")
        Duration workerSilence,

        @Key(
                doc = "Longest time from acceptance to the first piece, loading a model included",
                byDefault = "150s",
                atLeast = "100ms")
        Duration firstProgress,

        @Key(doc = "Longest time between two pieces", byDefault = "45s", atLeast = "100ms")
        Duration progress,

        @Key(
                doc = "How many workers may lose or fail an intent before it fails",
                byDefault = "3",
                atLeast = "1",
                atMost = "20")
        int maxAttempts,

        @Key(
                doc = "How many workers may hand an intent back unharmed, being busy or leaving",
                byDefault = "20",
                atLeast = "0",
                atMost = "1000")
        int maxHandBacks,

        @Key(doc = "How long an intent goes on without its client", byDefault = "45s", atLeast = "0s")
        Duration lostReceiver,

        @Key(doc = "How long a detached intent goes on without its client", byDefault = "1h", atLeast = "0s")
        Duration maxDetached,

        @Key(
                doc = "Pieces delivered between two credits to the worker",
                byDefault = "64",
                atLeast = "1",
                atMost = "200")
        int creditPieces,

        @Key(
                doc = "Bytes delivered between two credits to the worker",
                byDefault = "64KiB",
                atLeast = "1KiB",
                atMost = "200KiB")
        Size creditBytes,

        @Key(
                doc =
                        "Whether a worker must show that it was given what it answers; false believes workers of versions before"
                                + " 0.1.0 too, which cannot",
                byDefault = "true")
        boolean requireCapability,

        @Key(doc = "How much is done again at once") RetryLimits retries) {

    /** How much is done again at once. */
    public record RetryLimits(
            @Key(
                    doc = "Retries after failures at a time, in percent of the open intents; others wait their turn",
                    byDefault = "20",
                    atLeast = "1",
                    atMost = "100")
            int percent,

            @Key(doc = "The same, where few are open", byDefault = "3", atLeast = "1")
            int atLeast,

            @Key(
                    doc = "Intents at a time that run alone on a worker, because another one died with them",
                    byDefault = "1",
                    atLeast = "1")
            int suspects) {

        public static final RetryLimits DEFAULT = new RetryLimits(20, 3, 1);
    }
}
