// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

/**
 * What a client may send; told in {@code welcome}.
 *
 * @param maxMessageBytes one text frame
 * @param maxTextChars query text and each turn of the conversation
 * @param maxConversationTurns turns of context
 * @param maxMediaBytes all media of one intent together
 * @param maxMediaCount media of one intent
 * @param maxOpenIntents open intents of one connection, and of one user at one gateway
 */
public record Limits(
        int maxMessageBytes,
        int maxTextChars,
        int maxConversationTurns,
        int maxMediaBytes,
        int maxMediaCount,
        int maxOpenIntents) {

    public static final Limits DEFAULT = new Limits(1 << 20, 200_000, 200, 8 << 20, 8, 2_000);
}
