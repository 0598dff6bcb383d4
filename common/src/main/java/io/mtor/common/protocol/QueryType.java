// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A kind of work. An open set: workers announce what they serve. */
public record QueryType(@JsonValue String value) implements Comparable<QueryType> {

    /** Asks the gateway to understand the words and choose. */
    public static final QueryType AUTO = new QueryType("auto");

    public static final QueryType CHAT = new QueryType("chat");
    /** A question about a picture. */
    public static final QueryType VISION = new QueryType("vision");
    /** A picture from words. */
    public static final QueryType IMAGINE = new QueryType("imagine");
    /** Words from speech. */
    public static final QueryType TRANSCRIBE = new QueryType("transcribe");
    /** Speech from words. */
    public static final QueryType SPEAK = new QueryType("speak");
    /** The text in a picture. */
    public static final QueryType READ = new QueryType("read");

    /** Vectors from texts, which programs compare. */
    public static final QueryType EMBED = new QueryType("embed");
    /** Texts in the order in which they fit a question. */
    public static final QueryType RERANK = new QueryType("rerank");

    private static final int MAX_LENGTH = 32;

    /** @throws IllegalArgumentException if it is not 1 to 32 of a-z, 0-9 and '-', beginning with a letter */
    @JsonCreator
    public QueryType {
        boolean ok =
                !value.isEmpty() && value.length() <= MAX_LENGTH && value.charAt(0) >= 'a' && value.charAt(0) <= 'z';
        for (int i = 0; ok && i < value.length(); i++) {
            char c = value.charAt(i);
            ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!ok) {
            throw new IllegalArgumentException(
                    "query_type must be 1 to 32 characters of a-z, 0-9 and '-', beginning with a letter");
        }
    }

    @Override
    public int compareTo(QueryType other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
