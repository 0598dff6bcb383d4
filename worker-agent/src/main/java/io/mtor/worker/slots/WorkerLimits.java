// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

/**
 * Every limit a worker keeps.
 *
 * @param windowPieces pieces sent to a gateway beyond what it has credited
 * @param windowBytes the same in bytes; one piece may always be on its way, however large
 * @param stallMillis an intent whose answer is not taken for so long is cancelled
 * @param maxTextChars the text of one answer
 * @param maxMediaBytes the media of one answer, previews included
 * @param maxPieces the pieces of one answer
 * @param replayMillis how long an ended intent can be asked for again
 * @param replayBytes what all answers kept may weigh; the oldest ended ones go first
 * @param replayCount how many ended intents are kept
 * @param firstChunkMillis silence of the model server before its first sign of life, a model may be loading
 * @param nextChunkMillis silence of the model server between two signs of life
 * @param gatewaySilenceMillis a gateway that has not announced itself for so long is gone
 * @param gatewayGraceMillis how long intents of a gone gateway go on, since their user may ask from another
 * @param drainMillis how long running intents may take to end when the worker leaves
 * @param oversleptMillis a gap in our own timer of more than this is a standstill of our process
 * @param staleMillis after a standstill of more than this what was assigned meanwhile is refused
 * @param settleMillis for how long after a standstill what comes may have been sent during it
 */
public record WorkerLimits(
        int windowPieces,
        int windowBytes,
        long stallMillis,
        int maxTextChars,
        int maxMediaBytes,
        int maxPieces,
        long replayMillis,
        long replayBytes,
        int replayCount,
        long firstChunkMillis,
        long nextChunkMillis,
        long gatewaySilenceMillis,
        long gatewayGraceMillis,
        long drainMillis,
        long oversleptMillis,
        long staleMillis,
        long settleMillis) {

    public static final WorkerLimits DEFAULT = new WorkerLimits(
            256,
            256 * 1024,
            60_000,
            4 << 20,
            16 << 20,
            100_000,
            600_000,
            64L << 20,
            1_000,
            120_000,
            30_000,
            5_000,
            30_000,
            300_000,
            500,
            2_000,
            1_000);
}
