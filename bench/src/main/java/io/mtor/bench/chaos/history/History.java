// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.history;

import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that the client of one intent did and was told, in order. Written by one thread, read by any. */
public final class History {

    private final IntentId guid;
    private final boolean streamed;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    public History(IntentId guid, boolean streamed) {
        this.guid = guid;
        this.streamed = streamed;
    }

    /**
     * Something that happened.
     *
     * @param atNanos by the clock of {@link System#nanoTime}
     */
    public record Entry(long atNanos, Event event) {}

    /** What can happen to a client. */
    public sealed interface Event {

        /** It sent the work, for the first time or again. */
        record Sent() implements Event {}

        /** It was told this. */
        record Heard(ServerMessage message) implements Event {}

        /** Its connection was lost, or given up because nothing came any more. */
        record Lost() implements Event {}
    }

    public IntentId guid() {
        return guid;
    }

    public boolean streamed() {
        return streamed;
    }

    public void add(long atNanos, Event event) {
        entries.add(new Entry(atNanos, event));
    }

    public List<Entry> entries() {
        return entries;
    }

    /** A line for each entry, with its time in milliseconds from the first. */
    List<String> lines() {
        return entries.stream()
                .map(entry -> (entry.atNanos - sentAt()) / 1_000_000 + " ms " + describe(entry.event))
                .toList();
    }

    private static String describe(Event event) {
        return switch (event) {
            case Event.Sent sent -> "sent";
            case Event.Lost lost -> "connection lost";
            case Event.Heard heard -> heard.message().toString();
        };
    }

    /** When it was sent for the first time. */
    public long sentAt() {
        return entries.getFirst().atNanos;
    }

    /** The first terminal message. */
    public Optional<Entry> end() {
        return entries.stream()
                .filter(entry -> entry.event instanceof Event.Heard heard
                        && heard.message().isTerminal())
                .findFirst();
    }

    /** True if it ended in a result. */
    public boolean hasResult() {
        return end().filter(entry ->
                        entry.event instanceof Event.Heard heard && heard.message() instanceof ServerMessage.Result)
                .isPresent();
    }

    /** The first message of a kind after this time. */
    public <M extends ServerMessage> Optional<Entry> firstAfter(long atNanos, Class<M> kind) {
        return entries.stream()
                .filter(entry -> entry.atNanos > atNanos)
                .filter(entry -> entry.event instanceof Event.Heard heard && kind.isInstance(heard.message()))
                .findFirst();
    }

    /** The last {@code accepted} before this time. */
    public Optional<ServerMessage.Accepted> acceptedBefore(long atNanos) {
        return entries.stream()
                .filter(entry -> entry.atNanos <= atNanos)
                .flatMap(entry -> entry.event instanceof Event.Heard heard
                                && heard.message() instanceof ServerMessage.Accepted accepted
                        ? Optional.of(accepted).stream()
                        : Optional.<ServerMessage.Accepted>empty().stream())
                .reduce((earlier, later) -> later);
    }
}
