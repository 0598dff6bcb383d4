// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.ServerMessage.HostState;
import io.mtor.common.protocol.ServerMessage.Standing;
import io.mtor.gateway.hosts.HostEntry.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts the operators have approved, drained or revoked, and which have used up a token that is for one host. Whoever has
 * read the same lines has the same book, in whatever order and however often: of rulings on a host the latest counts, of
 * its arrivals and of the uses of a token the earliest. Pure.
 *
 * <p>Not thread-safe.
 */
public final class HostBook {

    /** Anybody who has a token can make keys; of so many that nobody has ruled on is kept that they came. */
    private static final int MAX_NEW = 1_000;

    private final Map<String, HostEntry> rulings = new TreeMap<>();
    private final Map<String, HostEntry> arrivals = new TreeMap<>();
    private final Map<String, HostEntry> uses = new TreeMap<>();

    /** What is done with a host that has proven its key. */
    public sealed interface Verdict {

        record In() implements Verdict {}

        /** It is to be approved first. */
        record Waits(String why) implements Verdict {}

        record Refused(String why) implements Verdict {}
    }

    /**
     * Takes an entry.
     *
     * @return true if it says something new that counts
     */
    public boolean add(HostEntry entry) {
        return switch (entry.verb()) {
            case CAME -> put(arrivals, entry.mark(), entry, -1);
            case USED -> put(uses, entry.note(), entry, -1);
            case APPROVED, CAUGHT, DRAINED, REVOKED -> put(rulings, entry.mark(), entry, 1);
        };
    }

    /** @param wanted 1 if of two entries the later counts, -1 if the earlier does */
    private static boolean put(Map<String, HostEntry> entries, String key, HostEntry entry, int wanted) {
        HostEntry known = entries.get(key);
        boolean counts = known == null || Integer.signum(entry.compareTo(known)) == wanted;
        if (counts) {
            entries.put(key, entry);
        }
        return counts;
    }

    /** What is to be written when this host has proven its key. */
    public List<HostEntry> arrivalOf(String mark, JoinToken token, Instant now) {
        boolean known = arrivals.containsKey(mark) || arrivals.size() >= rulings.size() + MAX_NEW;
        List<HostEntry> entries = new ArrayList<>();
        if (!known) {
            entries.add(new HostEntry(now, Verb.CAME, mark, token.name()));
        }
        if (token.once() != null && !uses.containsKey(token.once())) {
            entries.add(new HostEntry(now, Verb.USED, mark, token.once()));
        }
        return entries;
    }

    /** A ruling that is later than what it takes the place of, whatever the clock of whoever made that one. */
    public HostEntry rule(Verb verb, String mark, String note, Instant now) {
        HostEntry before = rulings.get(mark);
        Instant least = before == null ? now : before.at().plusMillis(1);
        return new HostEntry(now.isBefore(least) ? least : now, verb, mark, note);
    }

    /**
     * Judges a host that has proven its key.
     *
     * @param approval true if hosts are to be approved
     */
    public Verdict judge(String mark, JoinToken token, boolean approval) {
        HostEntry ruling = rulings.get(mark);
        HostEntry use = token.once() == null ? null : uses.get(token.once());
        if (ruling != null && ruling.verb() == Verb.REVOKED) {
            return new Verdict.Refused(
                    "an operator has revoked this host" + (ruling.note().isEmpty() ? "" : ": " + ruling.note()));
        }
        if (use != null && !use.mark().equals(mark)) {
            return new Verdict.Refused("the join token is for one host, and another has used it");
        }
        return approval && ruling == null
                ? new Verdict.Waits("an operator has to approve this host")
                : new Verdict.In();
    }

    /** The latest ruling on a host; null if there is none. */
    public @Nullable HostEntry ruling(String mark) {
        return rulings.get(mark);
    }

    /** True if audits found that it lies, and no operator has ruled on it since. */
    public boolean isCaught(String mark) {
        HostEntry ruling = rulings.get(mark);
        return ruling != null && ruling.verb() == Verb.CAUGHT;
    }

    /** True if it is to take nothing new. */
    public boolean isSetAside(String mark) {
        HostEntry ruling = rulings.get(mark);
        return ruling != null && (ruling.verb() == Verb.CAUGHT || ruling.verb() == Verb.DRAINED);
    }

    /** When a host first came; null if that is not known. */
    public @Nullable HostEntry arrival(String mark) {
        return arrivals.get(mark);
    }

    /** The hosts that are kept from work, the latest ruling first; so many at most. */
    List<HostState> kept(int most) {
        return rulings.values().stream()
                .filter(ruling -> ruling.verb() != Verb.APPROVED)
                .sorted(Comparator.reverseOrder())
                .limit(most)
                .map(ruling -> new HostState(ruling.mark(), nameOf(ruling.mark()), null, standing(ruling), 0, null))
                .toList();
    }

    private static Standing standing(HostEntry ruling) {
        return switch (ruling.verb()) {
            case CAUGHT -> Standing.CAUGHT;
            case DRAINED -> Standing.DRAINED;
            case REVOKED -> Standing.REVOKED;
            case CAME, USED, APPROVED -> Standing.IN;
        };
    }

    private @Nullable String nameOf(String mark) {
        HostEntry arrival = arrivals.get(mark);
        return arrival == null ? null : arrival.note();
    }

    /** The hosts that something is known of. */
    public List<String> marks() {
        var marks = new TreeSet<>(rulings.keySet());
        marks.addAll(arrivals.keySet());
        uses.values().forEach(use -> marks.add(use.mark()));
        return List.copyOf(marks);
    }

    /** The lines that count, in order: two books are the same if these are. */
    public List<String> lines() {
        return Stream.of(rulings, arrivals, uses)
                .flatMap(entries -> entries.values().stream())
                .sorted()
                .map(HostEntry::line)
                .toList();
    }
}
