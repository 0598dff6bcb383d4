// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.Trust;
import io.mtor.gateway.hosts.HostBook.Verdict;
import io.mtor.gateway.hosts.HostEntry.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostBookTest {

    private static final String ATTIC = "uaq4y7uyx26o";
    private static final String CELLAR = "aaaabbbbcccc";
    private static final String ONCE = "0123456789abcdef";
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static HostEntry entry(int second, Verb verb, String mark, String note) {
        return new HostEntry(NOON.plusSeconds(second), verb, mark, note);
    }

    private static HostBook book(HostEntry... entries) {
        var book = new HostBook();
        for (HostEntry each : entries) {
            book.add(each);
        }
        return book;
    }

    private static JoinToken token(@Nullable String once) {
        return new JoinToken("attic", Trust.OWN, List.of(), 1, once);
    }

    private static Verdict judged(HostBook book, String mark) {
        return book.judge(mark, token(ONCE), false);
    }

    @Test
    void shouldLetInWhomNobodyHasRuledOnUnlessItIsToBeApproved() {
        assertThat(book().judge(ATTIC, token(null), false)).isEqualTo(new Verdict.In());
        assertThat(book().judge(ATTIC, token(null), true)).isInstanceOf(Verdict.Waits.class);
        assertThat(book(entry(0, Verb.APPROVED, ATTIC, "")).judge(ATTIC, token(null), true))
                .isEqualTo(new Verdict.In());
    }

    @Test
    void shouldFollowTheLatestRuling() {
        HostBook book = book(entry(0, Verb.APPROVED, ATTIC, ""), entry(1, Verb.REVOKED, ATTIC, "sold"));
        assertThat(judged(book, ATTIC)).isEqualTo(new Verdict.Refused("an operator has revoked this host: sold"));
        assertThat(judged(book, CELLAR)).isEqualTo(new Verdict.In());

        assertThat(book.add(entry(0, Verb.APPROVED, ATTIC, "too early"))).isFalse();
        assertThat(judged(book, ATTIC)).isInstanceOf(Verdict.Refused.class);

        assertThat(book.add(entry(2, Verb.APPROVED, ATTIC, ""))).isTrue();
        assertThat(judged(book, ATTIC)).isEqualTo(new Verdict.In());
    }

    @Test
    void shouldBeStrictWhereTwoRulingsAreOfTheSameMoment() {
        assertThat(judged(book(entry(0, Verb.REVOKED, ATTIC, ""), entry(0, Verb.APPROVED, ATTIC, "")), ATTIC))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void shouldKeepATokenForTheFirstThatUsedIt() {
        HostBook book = book(entry(5, Verb.USED, ATTIC, ONCE));
        assertThat(judged(book, ATTIC)).isEqualTo(new Verdict.In());
        assertThat(judged(book, CELLAR))
                .isEqualTo(new Verdict.Refused("the join token is for one host, and another has used it"));
        assertThat(book.judge(CELLAR, token(null), false)).isEqualTo(new Verdict.In());

        book.add(entry(4, Verb.USED, CELLAR, ONCE));

        assertThat(judged(book, CELLAR)).isEqualTo(new Verdict.In());
        assertThat(judged(book, ATTIC)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void shouldNoteTheFirstArrivalAndTheFirstUseOnly() {
        var book = new HostBook();
        List<HostEntry> first = book.arrivalOf(ATTIC, token(ONCE), NOON);
        assertThat(first).containsExactly(entry(0, Verb.CAME, ATTIC, "attic"), entry(0, Verb.USED, ATTIC, ONCE));
        first.forEach(book::add);

        assertThat(book.arrivalOf(ATTIC, token(ONCE), NOON.plusSeconds(1))).isEmpty();
        assertThat(book.arrivalOf(CELLAR, token(ONCE), NOON))
                .extracting(HostEntry::verb)
                .containsExactly(Verb.CAME);
    }

    @Test
    void shouldNotBeFilledByWhoeverMakesKeys() {
        var book = new HostBook();
        for (int i = 0; i < 2_000; i++) {
            book.arrivalOf(mark(i), token(null), NOON).forEach(book::add);
        }
        assertThat(book.marks()).hasSize(1_000);

        book.add(entry(0, Verb.REVOKED, mark(7), ""));

        assertThat(book.arrivalOf(ATTIC, token(null), NOON)).hasSize(1);
    }

    private static String mark(int number) {
        return "m".repeat(6)
                + String.format("%06d", number)
                        .chars()
                        .mapToObj(digit -> Character.toString('a' + digit - '0'))
                        .reduce("", String::concat);
    }

    @Test
    void shouldRuleLaterThanWhatItTakesThePlaceOfWhateverTheClock() {
        HostBook book = book(entry(60, Verb.REVOKED, ATTIC, "by a fast clock"));

        HostEntry ruling = book.rule(Verb.APPROVED, ATTIC, "", NOON);

        assertThat(ruling.at()).isEqualTo(NOON.plusSeconds(60).plusMillis(1));
        assertThat(book.rule(Verb.APPROVED, CELLAR, "", NOON).at()).isEqualTo(NOON);
        assertThat(book.add(ruling)).isTrue();
        assertThat(judged(book, ATTIC)).isEqualTo(new Verdict.In());
    }

    /** Seeds are numbers from 1, so that a failure can be seen again. */
    @Test
    void shouldSayTheSameInWhateverOrderAndHoweverOftenItsLinesCome() {
        for (int seed = 1; seed <= 500; seed++) {
            var random = new Random(seed);
            List<HostEntry> entries = IntStream.range(0, 20)
                    .mapToObj(i -> {
                        Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
                        String note = random.nextBoolean() ? ONCE : "another0another0";
                        return entry(random.nextInt(5), verb, random.nextBoolean() ? ATTIC : CELLAR, note);
                    })
                    .toList();
            HostBook one = book(entries.toArray(HostEntry[]::new));
            List<HostEntry> shuffled = new ArrayList<>(entries);
            shuffled.addAll(entries.subList(0, 7));
            Collections.shuffle(shuffled, random);
            HostBook other = book(shuffled.toArray(HostEntry[]::new));

            assertThat(other.lines()).as("seed " + seed).isEqualTo(one.lines());
            Stream.of(ATTIC, CELLAR)
                    .forEach(mark -> assertThat(judged(other, mark)).isEqualTo(judged(one, mark)));
            HostBook read = book(one.lines().stream().map(HostEntry::parse).toArray(HostEntry[]::new));
            assertThat(read.lines()).as("seed " + seed).isEqualTo(one.lines());
        }
    }

    @Test
    void shouldReadWhatPeopleWrite() {
        assertThat(HostEntry.parse("  2026-11-27T12:00:00Z   revoked\tuaq4y7uyx26o   sold to  a friend "))
                .isEqualTo(entry(0, Verb.REVOKED, ATTIC, "sold to  a friend"));
        assertThat(HostEntry.parse("2026-11-27T12:00:00.123456Z approved " + ATTIC)
                        .line())
                .isEqualTo("2026-11-27T12:00:00.123Z approved " + ATTIC);
    }

    @Test
    void shouldSayWhatIsWrongWithALine() {
        assertWrong("nonsense", "a line is: TIME");
        assertWrong("yesterday revoked " + ATTIC, "the time must look like");
        assertWrong("+99999-11-27T12:00:00Z revoked " + ATTIC, "the years 1970 to");
        assertWrong(
                "2026-11-27T12:00:00Z sold " + ATTIC,
                "must be came, used, approved, caught, drained or revoked, not sold");
        assertWrong("2026-11-27T12:00:00Z revoked ATTIC", "a mark has 12 characters");
        assertWrong("2026-11-27T12:00:00Z used " + ATTIC, "which token was used is missing");
        assertWrong("2026-11-27T12:00:00Z revoked " + ATTIC + " " + "x".repeat(201), "a note has 200");
        assertWrong("2026-11-27T12:00:00Z revoked " + ATTIC + " a\u0007b", "printable");
    }

    private static void assertWrong(String line, String why) {
        assertThatThrownBy(() -> HostEntry.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
