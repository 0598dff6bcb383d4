// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.history.Judgement.Kind;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.sim.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge lets a good history pass, and finds each way to break the promise. */
class JudgeTest {

    private static final IntentId GUID = IntentId.random();
    private static final IntentId OTHER = IntentId.random();
    private static final int PIECES = 1;
    private static final Timing TIMING = new Timing(1L, 1L, 1L, 1L);

    private final History history = new History(GUID, true);
    private long now;

    JudgeTest() {
        history.add(now++, new History.Event.Sent());
    }

    private static String mark(IntentId guid, String worker, long run, int number) {
        return new Mark(guid, worker, run, number, PIECES).text();
    }

    private void hear(ServerMessage message) {
        history.add(now++, new History.Event.Heard(message));
    }

    private void accepted(String worker, int attempt) {
        hear(new ServerMessage.Accepted(GUID, new WorkerId(worker), null, attempt, null));
    }

    private void chunk(int seq, String text) {
        hear(new ServerMessage.Chunk(GUID, seq, text, null, null));
    }

    private void restart(int attempt) {
        hear(new ServerMessage.Restart(GUID, attempt, "worker lost"));
    }

    private void result(String worker, String... pieces) {
        hear(new ServerMessage.Result(
                GUID, String.join("", pieces), new WorkerId(worker), null, null, null, TIMING, null));
    }

    private void wholeAnswer() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(1, mark(GUID, "a", 1, 1));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 1));
    }

    private List<Kind> breaches() {
        return Judge.of(history).breaches().stream()
                .map(Judgement.Breach::kind)
                .distinct()
                .toList();
    }

    @Test
    void shouldLetAWholeAnswerPass() {
        wholeAnswer();

        assertThat(breaches()).isEmpty();
        assertThat(Judge.of(history).troubled()).isFalse();
    }

    @Test
    void shouldLetARestartAndALostConnectionPass() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        restart(2);
        accepted("b", 2);
        chunk(0, mark(GUID, "b", 5, 0));
        history.add(now++, new History.Event.Lost());
        history.add(now++, new History.Event.Sent());
        accepted("b", 2);
        chunk(1, mark(GUID, "b", 5, 1));
        result("b", mark(GUID, "b", 5, 0), mark(GUID, "b", 5, 1));

        assertThat(breaches()).isEmpty();
        assertThat(Judge.of(history).troubled()).isTrue();
    }

    @Test
    void shouldKnowAWorkerByItsIdWhateverLifeOfItThatNames() {
        accepted("host-abcd.sim-1-xyz", 1);
        chunk(0, mark(GUID, "host-abcd.sim-1", 1, 0));
        result("host-abcd.sim-1-xyz", mark(GUID, "host-abcd.sim-1", 1, 0));

        assertThat(breaches()).isEmpty();
    }

    @Test
    void shouldLetAnErrorPassAndNameIt() {
        hear(ServerMessage.Failure.of(GUID, ErrorCode.QUEUE_FULL, "full"));

        assertThat(breaches()).isEmpty();
        assertThat(Judge.of(history).error()).isEqualTo(ErrorCode.QUEUE_FULL);
    }

    @Test
    void shouldLetAnEarlierAttemptPassWhileNothingOfALaterOneIsShown() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        restart(2);
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 1, 0));

        assertThat(breaches()).isEmpty();
    }

    @Test
    void shouldLetAResultPassThatSaysMoreThanWasShown() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 1));

        assertThat(breaches()).isEmpty();
    }

    @Test
    void shouldFindWhatTheResultAddsFromAnotherRun() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 2, 1));

        assertThat(breaches()).containsExactly(Kind.MIXED);
    }

    @Test
    void shouldFindAnAnswerThatIsNotWhole() {
        String first = new Mark(GUID, "a", 1, 0, 2).text();
        accepted("a", 1);
        chunk(0, first);
        result("a", first);

        assertThat(breaches()).containsExactly(Kind.GAP);
    }

    @Test
    void shouldTellTheWholeHistoryOfABreach() {
        wholeAnswer();
        chunk(2, mark(GUID, "a", 1, 2));

        assertThat(Judge.of(history).trace()).hasSize(history.entries().size());
    }

    @Test
    void shouldFindWhatNeverEnds() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));

        assertThat(breaches()).containsExactly(Kind.LOST);
    }

    @Test
    void shouldFindASecondEnd() {
        wholeAnswer();
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 1));

        assertThat(breaches()).containsExactly(Kind.TWICE);
    }

    @Test
    void shouldFindAPieceAfterTheEnd() {
        wholeAnswer();
        chunk(2, mark(GUID, "a", 1, 2));

        assertThat(breaches()).containsExactly(Kind.TWICE);
    }

    @Test
    void shouldFindARepeatedPiece() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(0, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 0));

        assertThat(breaches()).containsExactly(Kind.TWICE);
    }

    @Test
    void shouldFindAPieceThatIsRepeatedUnderANewNumber() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(1, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 0));

        assertThat(breaches()).containsExactly(Kind.TWICE);
    }

    @Test
    void shouldFindAGap() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(2, mark(GUID, "a", 1, 2));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 2));

        assertThat(breaches()).containsExactly(Kind.GAP);
    }

    @Test
    void shouldFindAGapInTheTextThatTheNumbersHide() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(1, mark(GUID, "a", 1, 2));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 1, 2));

        assertThat(breaches()).containsExactly(Kind.GAP);
    }

    @Test
    void shouldFindTwoRunsOfOneWorkerMixed() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(1, mark(GUID, "a", 2, 1));
        result("a", mark(GUID, "a", 1, 0), mark(GUID, "a", 2, 1));

        assertThat(breaches()).containsExactly(Kind.MIXED);
    }

    @Test
    void shouldFindTwoWorkersMixed() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        accepted("b", 2);
        chunk(1, mark(GUID, "b", 7, 1));
        result("b", mark(GUID, "a", 1, 0), mark(GUID, "b", 7, 1));

        assertThat(breaches()).containsExactly(Kind.MIXED);
    }

    @Test
    void shouldFindAPieceOfAnotherIntent() {
        accepted("a", 1);
        chunk(0, mark(OTHER, "a", 1, 0));
        result("a", mark(OTHER, "a", 1, 0));

        assertThat(breaches()).containsExactly(Kind.MIXED);
    }

    @Test
    void shouldFindTheResultOfAnotherRunThanWasShown() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        result("a", mark(GUID, "a", 2, 0));

        assertThat(breaches()).containsExactly(Kind.UNLIKE);
    }

    @Test
    void shouldFindAnAttemptThatWasOver() {
        accepted("a", 2);
        chunk(0, mark(GUID, "a", 1, 0));
        accepted("b", 1);
        chunk(1, mark(GUID, "b", 1, 1));
        result("b", mark(GUID, "a", 1, 0), mark(GUID, "b", 1, 1));

        assertThat(breaches()).contains(Kind.STALE, Kind.MIXED);
    }

    @Test
    void shouldFindARestartThatDoesNotCountUp() {
        accepted("a", 2);
        chunk(0, mark(GUID, "a", 1, 0));
        restart(2);
        accepted("b", 2);
        chunk(0, mark(GUID, "b", 1, 0));
        result("b", mark(GUID, "b", 1, 0));

        assertThat(breaches()).containsExactly(Kind.STALE);
    }

    @Test
    void shouldReadAResultThatCameWithoutAStream() {
        var plain = new History(GUID, false);
        plain.add(0, new History.Event.Sent());
        plain.add(
                1,
                new History.Event.Heard(new ServerMessage.Result(
                        GUID,
                        mark(GUID, "a", 1, 0) + mark(GUID, "b", 1, 1),
                        new WorkerId("a"),
                        null,
                        null,
                        null,
                        TIMING,
                        null)));

        assertThat(Judge.of(plain).breaches())
                .extracting(Judgement.Breach::kind)
                .containsExactly(Kind.MIXED);
    }

    @Test
    void shouldCountEachIntentOnceInATally() {
        accepted("a", 1);
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(0, mark(GUID, "a", 1, 0));
        chunk(1, mark(OTHER, "b", 1, 1));

        Tally tally = Tally.of(List.of(history));

        assertThat(tally.intents()).isOne();
        assertThat(tally.lost()).isOne();
        assertThat(tally.twice()).isOne();
        assertThat(tally.mixed()).isOne();
        assertThat(tally.isKept()).isFalse();
    }
}
