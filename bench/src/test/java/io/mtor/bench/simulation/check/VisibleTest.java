// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.WorkerId;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing proves nothing: each of its laws is broken here once. */
class VisibleTest {

    private static final IntentId GUID = IntentId.random();

    private final Judge judge = new Judge();
    private final Visible visible = new Visible(GUID, true, judge);

    @Test
    void shouldBeContentWithAnAnswerThatIsRight() {
        visible.hear(accepted("w", 1));
        visible.hear(chunk(0, "w.1:a;"));
        visible.hear(restart(2));
        visible.hear(accepted("v", 2));
        visible.hear(chunk(0, "v.1:a;"));
        visible.hear(chunk(1, "v.1:b;"));
        visible.hear(result("v.1:a;v.1:b;"));

        assertThat(judge.violations()).isEmpty();
        assertThat(visible.hasEnded()).isTrue();
        assertThat(visible.isShortened()).isFalse();
    }

    @Test
    void shouldSeeAGapAndARepetition() {
        visible.hear(chunk(0, "w.1:a;"));
        visible.hear(chunk(2, "w.1:c;"));
        visible.hear(chunk(2, "w.1:c;"));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.ORDER, Law.ORDER);
    }

    @Test
    void shouldSeeAMediumThatIsMissing() {
        visible.hear(new ServerMessage.Chunk(GUID, 0, null, 1, "image/png"));
        visible.hear(chunk(1, "w.1:b;"));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.ORDER);
    }

    @Test
    void shouldSeeTwoRunsInOneAnswer() {
        visible.hear(chunk(0, "w.1:a;"));
        visible.hear(chunk(1, "w.2:b;"));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.MIXED);
    }

    @Test
    void shouldSeeAnotherAttemptThatNobodyAnnounced() {
        visible.hear(accepted("w", 1));
        visible.hear(chunk(0, "w.1:a;"));
        visible.hear(accepted("v", 2));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.ATTEMPT);
    }

    @Test
    void shouldSeeAnAttemptThatDoesNotRise() {
        visible.hear(accepted("w", 2));
        visible.hear(restart(2));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.ATTEMPT);
    }

    @Test
    void shouldSeeAResultThatIsNotWhatWasShown() {
        visible.hear(chunk(0, "w.1:a;"));
        visible.hear(result("w.1:b;"));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.DIFFERENT);
    }

    @Test
    void shouldSeeASecondEndAndWordsAfterTheEnd() {
        visible.hear(result(""));
        visible.hear(ServerMessage.Failure.of(GUID, ErrorCode.DEADLINE, "late"));
        visible.hear(chunk(0, "w.1:a;"));

        assertThat(judge.violations()).extracting(Violation::law).containsExactly(Law.ENDED_TWICE, Law.ORDER);
    }

    private static ServerMessage accepted(String worker, int attempt) {
        return new ServerMessage.Accepted(GUID, new WorkerId(worker), null, attempt, null);
    }

    private static ServerMessage chunk(int seq, String text) {
        return new ServerMessage.Chunk(GUID, seq, text, null, null);
    }

    private static ServerMessage restart(int attempt) {
        return new ServerMessage.Restart(GUID, attempt, "because");
    }

    private static ServerMessage result(String text) {
        return new ServerMessage.Result(
                GUID, text, new WorkerId("w"), null, null, null, new Timing(1L, 1L, 1L, 1L), null);
    }
}
