// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.history.History;
import io.mtor.bench.chaos.history.History.Event;
import io.mtor.common.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long users were without service after a fault, by their own histories; in milliseconds from the fault. */
final class Recovery {

    /** What a process sent before it died may be heard for so long afterwards. */
    private static final long ON_ITS_WAY_NANOS = 50_000_000;

    /** Whoever waits in line hears of it sooner, and whoever was given to a worker in vain only later. */
    private static final double SENT_IN_VAIN_MILLIS = 650;

    private Recovery() {}

    /** Until another worker accepted what a worker with this prefix had when it died or stood still. */
    static List<Double> takenOver(List<History> histories, String workerPrefix, long at) {
        return histories.stream()
                .filter(history -> isOpen(history, at))
                .filter(history -> history.acceptedBefore(at)
                        .filter(accepted -> accepted.workerId().value().startsWith(workerPrefix))
                        .isPresent())
                .flatMap(history -> history
                        .firstAfter(at, ServerMessage.Accepted.class)
                        .filter(entry -> entry.event() instanceof Event.Heard heard
                                && heard.message() instanceof ServerMessage.Accepted accepted
                                && !accepted.workerId().value().startsWith(workerPrefix))
                        .map(entry -> millis(at, entry.atNanos()))
                        .stream())
                .toList();
    }

    /**
     * When the last intent was sent that was given to the stopped worker in vain at first: nothing was heard of it for as
     * long as a dispatcher waits for an acceptance.
     */
    static double workInVain(List<History> histories, long from, long until) {
        return histories.stream()
                .filter(history -> history.sentAt() > from && history.sentAt() < until)
                .filter(history -> goesOn(history, history.sentAt())
                        .filter(entry -> millis(history.sentAt(), entry.atNanos()) > SENT_IN_VAIN_MILLIS)
                        .isPresent())
                .mapToDouble(history -> millis(from, history.sentAt()))
                .max()
                .orElse(0);
    }

    /** The longest time from an intent to the first word that a worker has it or a dispatcher has it in its line. */
    static double longestUnplaced(List<History> histories, long from, long until) {
        return histories.stream()
                .filter(history -> history.sentAt() > from && history.sentAt() < until)
                .mapToDouble(history -> millis(
                        history.sentAt(),
                        history.entries().stream()
                                .filter(Recovery::isPlaced)
                                .findFirst()
                                .map(History.Entry::atNanos)
                                .orElse(until)))
                .max()
                .orElse(0);
    }

    /** True of a word that says where the intent is; to have been received, or to wait at an unknown place, says nothing. */
    private static boolean isPlaced(History.Entry entry) {
        return entry.event() instanceof Event.Heard heard
                && !(heard.message() instanceof ServerMessage.Ack)
                && !(heard.message() instanceof ServerMessage.Queued queued && queued.position() == null);
    }

    /** Until the next word to those whose connection was lost by the fault. */
    static List<Double> resumed(List<History> histories, long at, long until) {
        return histories.stream()
                .flatMap(history -> lostBetween(history, at, until)
                        .flatMap(lost -> goesOn(history, lost.atNanos()))
                        .map(entry -> millis(at, entry.atNanos()))
                        .stream())
                .toList();
    }

    /** The first message after this time that says where the intent is. */
    private static Optional<History.Entry> goesOn(History history, long after) {
        return history.entries().stream()
                .filter(entry -> entry.atNanos() > after)
                .filter(Recovery::isPlaced)
                .findFirst();
    }

    private static Optional<History.Entry> lostBetween(History history, long from, long until) {
        return history.entries().stream()
                .filter(entry -> entry.event() instanceof Event.Lost)
                .filter(entry -> entry.atNanos() >= from && entry.atNanos() < until)
                .findFirst();
    }

    /** Until those that waited were told anew that they wait, or that they wait no more. */
    static List<Double> placed(List<History> histories, long at) {
        return histories.stream()
                .filter(history -> isOpen(history, at) && lastHeard(history, at) instanceof ServerMessage.Queued)
                .flatMap(history ->
                        goesOn(history, at + ON_ITS_WAY_NANOS).map(entry -> millis(at, entry.atNanos())).stream())
                .toList();
    }

    private static boolean isOpen(History history, long at) {
        return history.sentAt() < at
                && history.end().filter(end -> end.atNanos() <= at).isEmpty();
    }

    private static ServerMessage lastHeard(History history, long at) {
        return history.entries().stream()
                .filter(entry -> entry.atNanos() <= at)
                .flatMap(entry ->
                        entry.event() instanceof Event.Heard heard ? Stream.of(heard.message()) : Stream.empty())
                .reduce((earlier, later) -> later)
                .orElse(new ServerMessage.Notice("nothing"));
    }

    static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
