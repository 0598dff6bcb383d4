// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.protocol.HostMark;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;

/**
 * One line of the {@link HostBook}: {@code 2026-11-27T11:40:00Z revoked uaq4y7uyx26o sold}.
 *
 * @param at when, to the millisecond
 * @param mark which host, see {@link io.mtor.common.edge.HostKey}
 * @param note of {@link Verb#USED} the token, of the others anything, for people; printable, 200 characters at most
 */
public record HostEntry(Instant at, Verb verb, String mark, String note) implements Comparable<HostEntry> {

    /** What became of the host. */
    public enum Verb {
        /** It proved its key for the first time. */
        CAME,
        /** It was the first to show a token that is for one host. */
        USED,
        /** An operator lets it in. */
        APPROVED,
        /** Audits found that it lies: it gets nothing new until an operator approves it again. */
        CAUGHT,
        /** An operator wants it to take nothing new. */
        DRAINED,
        /** An operator does not let it in. */
        REVOKED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_NOTE_CHARS = 200;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** Of two at the same moment, the stricter is the later. */
    private static final Comparator<HostEntry> ORDER = Comparator.comparing(HostEntry::at)
            .thenComparing(HostEntry::verb)
            .thenComparing(HostEntry::mark)
            .thenComparing(HostEntry::note);

    /** @throws IllegalArgumentException naming what is wrong with it */
    public HostEntry {
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("the time is not in the years 1970 to 9998");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        HostMark.require(mark);
        note = note.strip();
        if (note.length() > MAX_NOTE_CHARS || note.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a note has " + MAX_NOTE_CHARS + " printable characters at most");
        }
        if (verb == Verb.USED && note.isEmpty()) {
            throw new IllegalArgumentException("which token was used is missing");
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static HostEntry parse(String line) {
        String[] words = line.strip().split("\\s+", 4);
        if (words.length < 3) {
            throw new IllegalArgumentException("a line is: TIME came|used|approved|caught|drained|revoked MARK NOTE");
        }
        return new HostEntry(time(words[0]), verb(words[1]), words[2], words.length < 4 ? "" : words[3]);
    }

    private static Instant time(String word) {
        try {
            return Instant.parse(word);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the time must look like 2026-11-27T11:40:00Z", e);
        }
    }

    private static Verb verb(String word) {
        for (Verb each : Verb.values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("it must be came, used, approved, caught, drained or revoked, not " + word);
    }

    /** As in the file. */
    public String line() {
        return (at + " " + verb + " " + mark + " " + note).strip();
    }

    @Override
    public int compareTo(HostEntry other) {
        return ORDER.compare(this, other);
    }
}
