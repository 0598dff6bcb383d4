// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import java.time.Duration;

/**
 * How patient a session is.
 *
 * @param placeAgain a placement without any sign is sent again after this
 * @param waitingSilence a waiting intent whose dispatcher says nothing is placed again after this
 * @param noDispatcher an intent ends as {@code unavailable} when no dispatcher was there for so long
 * @param resumePatience a resume that the worker does not answer becomes a new dispatch after this
 * @param probeAfter a running intent that says nothing is asked after this, and again as often
 * @param workerSilence a worker that answers no probe for so long has lost the intent
 * @param firstProgress longest time from acceptance to the first piece, loading a model included
 * @param progress longest time between two pieces
 * @param maxAttempts how many workers may fail an intent before it does
 * @param maxHandBacks how many workers may hand it back unharmed (busy, draining)
 * @param lostReceiver how long an intent goes on without its client
 * @param maxDetached how long a detached one does
 * @param creditPieces pieces delivered between two credits
 * @param creditBytes bytes delivered between two credits
 */
public record SessionConfig(
        Duration placeAgain,
        Duration waitingSilence,
        Duration noDispatcher,
        Duration resumePatience,
        Duration probeAfter,
        Duration workerSilence,
        Duration firstProgress,
        Duration progress,
        int maxAttempts,
        int maxHandBacks,
        Duration lostReceiver,
        Duration maxDetached,
        int creditPieces,
        int creditBytes) {

    public static final SessionConfig DEFAULT = new SessionConfig(
            Duration.ofMillis(700),
            Duration.ofSeconds(6),
            Duration.ofSeconds(10),
            Duration.ofMillis(1500),
            Duration.ofSeconds(1),
            Duration.ofMillis(3500),
            Duration.ofSeconds(150),
            Duration.ofSeconds(45),
            3,
            20,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            64,
            64 * 1024);
}
