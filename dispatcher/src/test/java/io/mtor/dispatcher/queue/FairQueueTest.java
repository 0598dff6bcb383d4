// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import static io.mtor.common.protocol.QueryType.CHAT;
import static io.mtor.common.protocol.QueryType.VISION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Sent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private final FairQueue queue = new FairQueue();
    private final Taker worker = serving(CHAT, VISION);
    private long now;
    private long arrivals;

    @Test
    void shouldServeInOrderOfArrivalOverAllQueryTypes() {
        add(Intents.of(1, VISION));
        add(Intents.of(2, CHAT));
        add(Intents.of(3, VISION));

        assertThat(drain(worker)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldServeTheIntentsOfASingleUserInOrderOfArrivalOverAllQueryTypes() {
        for (int i = 1; i <= 8; i++) {
            add(Intents.of(i, i % 3 == 0 ? VISION : CHAT).by("u"));
        }

        assertThat(drain(worker)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void shouldTakeTurnsBetweenUsersEvenIfOneSpreadsOverQueryTypes() {
        add(Intents.of(1, CHAT).by("flood"));
        add(Intents.of(2, VISION).by("flood"));
        add(Intents.of(3, CHAT).by("flood"));
        add(Intents.of(4, VISION).by("flood"));
        add(Intents.of(5, CHAT).by("x"));
        add(Intents.of(6, CHAT).by("y"));

        assertThat(drain(worker)).containsExactly(1L, 5L, 6L, 2L, 3L, 4L);
    }

    @Test
    void shouldLetAGuestWaitForAtMostOneOfAFlood() {
        for (int i = 1; i <= 100; i++) {
            add(Intents.of(i, CHAT).by("flood"));
        }
        take(worker);
        take(worker);
        add(Intents.of(200, CHAT).by("guest"));

        assertThat(List.of(take(worker), take(worker))).contains(200L);
    }

    @Test
    void shouldGiveEachClassItsShareWhileAllWait() {
        for (int i = 0; i < 400; i++) {
            add(Intents.of(i, CHAT).priority(List.of(Priority.values()).get(i % 4)));
        }
        Map<Priority, Integer> served = new EnumMap<>(Priority.class);
        for (int i = 0; i < 150; i++) {
            Ticket ticket = Objects.requireNonNull(queue.next(worker, ++now));
            served.merge(ticket.priority(), 1, Integer::sum);
        }

        assertThat(served.get(Priority.VOICE)).isBetween(79, 81);
        assertThat(served.get(Priority.INTERACTIVE)).isBetween(39, 41);
        assertThat(served.get(Priority.API)).isBetween(19, 21);
        assertThat(served.get(Priority.BATCH)).isBetween(9, 11);
    }

    @Test
    void shouldGiveAnIdleClassNoCredit() {
        for (int i = 0; i < 100; i++) {
            add(Intents.of(i, CHAT).priority(Priority.VOICE));
        }
        for (int i = 0; i < 50; i++) {
            take(worker);
        }
        add(Intents.of(500, CHAT).priority(Priority.BATCH));
        add(Intents.of(501, CHAT).priority(Priority.BATCH));

        List<Long> next = Stream.generate(() -> take(worker)).limit(16).toList();

        assertThat(next.stream().filter(number -> number >= 500)).hasSizeBetween(1, 2);
    }

    @Test
    void shouldNotMakeAClassPayAtOneKindOfWorkersForWhatItGotAtAnother() {
        Taker seeing = serving(VISION);
        for (int i = 0; i < 200; i++) {
            add(Intents.of(i, CHAT));
        }
        Taker talking = serving(CHAT);
        for (int i = 0; i < 100; i++) {
            take(talking);
        }
        for (int i = 300; i < 320; i++) {
            add(Intents.of(i, VISION).priority(i % 2 == 0 ? Priority.BATCH : Priority.INTERACTIVE));
        }

        List<Long> next = Stream.generate(() -> take(seeing)).limit(5).toList();

        assertThat(next.stream().filter(number -> number % 2 == 0)).hasSize(1);
    }

    @Test
    void shouldKeepTheTurnOfWhatComesBack() {
        Ticket first = add(Intents.chat(1));
        add(Intents.chat(2));
        assertThat(queue.next(worker, ++now)).isSameAs(first);

        queue.addAgain(first, ++now);

        assertThat(drain(worker)).containsExactly(1L, 2L);
    }

    @Test
    void shouldHoldNothingWhenAllHaveGone() {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tickets.add(add(Intents.of(i, i % 2 == 0 ? CHAT : VISION).by("u" + i % 3)));
        }

        tickets.forEach(ticket -> queue.remove(ticket, now));
        tickets.forEach(ticket -> queue.remove(ticket, now));

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.census().total()).isZero();
        assertThat(queue.census().bytes()).isZero();
        assertThat(queue.census().byType()).isEmpty();
    }

    @Test
    void shouldTellThePositionsInTheOrderItThenServes() {
        for (int i = 1; i <= 60; i++) {
            var intent = Intents.of(i, i % 3 == 0 ? VISION : CHAT).by("u" + i % 7);
            add(intent.priority(List.of(Priority.values()).get(i % 4)));
        }
        var foreseen = new ArrayList<Ticket>();
        new Standings(queue, 1_000).refresh(new FixedServers(worker.repertoire(), 1));
        for (Ticket next = queue.next(worker, ++now); next != null; next = queue.next(worker, ++now)) {
            foreseen.add(next);
        }

        assertThat(foreseen.stream().map(ticket -> ticket.standing().position()))
                .containsExactlyElementsOf(
                        Stream.iterate(1, i -> i + 1).limit(60).toList());
    }

    @Test
    void shouldTellThoseBehindTheBudgetTheLengthOfTheLine() {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            tickets.add(add(Intents.chat(i)));
        }

        new Standings(queue, 10).refresh(new FixedServers(worker.repertoire(), 1));

        assertThat(tickets.get(9).standing().position()).isEqualTo(10);
        assertThat(tickets.get(10).standing().position()).isEqualTo(30);
        assertThat(tickets.get(29).standing().position()).isEqualTo(30);
    }

    @Test
    void shouldCountATurnFromWhenTheUserSentItWhoeverKeptTheLineSoFar() {
        now = 60_000_000_000L;
        add(Intents.chat(1));
        add(Intents.chat(2));
        Place place = Intents.chat(3).place();
        var old = new Place(place.intent(), place.gateway(), 1, List.of(), place.ttlMillis(), null, 30_000, false);
        queue.add(new Ticket(old, ++now, arrivals++), now);

        assertThat(drain(serving(QueryType.CHAT))).containsExactly(3L, 1L, 2L);
    }

    private Ticket add(Intents intent) {
        Ticket ticket = new Ticket(intent.place(), ++now, arrivals++);
        queue.add(ticket, now);
        return ticket;
    }

    private long take(Taker taker) {
        Ticket ticket = queue.next(taker, ++now);
        return ticket == null ? -1 : Sent.number(ticket.key());
    }

    private List<Long> drain(Taker taker) {
        return Stream.generate(() -> take(taker))
                .takeWhile(number -> number >= 0)
                .toList();
    }

    private static Taker serving(QueryType... types) {
        List<Offer> offers =
                Arrays.stream(types).map(type -> new Offer(type, List.of())).toList();
        return new Anything(new Repertoire(offers, false, new Shares()));
    }

    private record Anything(Repertoire repertoire) implements Taker {

        @Override
        public boolean mayServe(Demand demand) {
            return true;
        }

        @Override
        public boolean mayTake(Ticket ticket) {
            return true;
        }
    }

    private record FixedServers(Repertoire repertoire, int slots) implements Servers {

        @Override
        public List<Repertoire> repertoires() {
            return List.of(repertoire);
        }

        @Override
        public boolean mayServe(Repertoire any, Demand demand) {
            return true;
        }

        @Override
        public int slots(Demand demand) {
            return slots;
        }

        @Override
        public Double meanMillis(QueryType type) {
            return 1_000.0;
        }
    }
}
