// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.bus.GatewayBound.Piece;
import io.mtor.common.bus.GatewayBound.Progress;
import io.mtor.common.bus.GatewayBound.Text;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.testing.Intents;
import org.junit.jupiter.api.Test;

/** An answer may be so long, have so many pieces, and run so far ahead of its reader. */
class AnswerMeterTest {

    private static final WorkerId WORKER = new WorkerId("attic-abcdefghijkl.ollama-aaaaaa");
    private static final IntentKey KEY = Intents.chat("Hello").key();
    private static final String UNREAD =
            "its worker sends on though nobody has read what it sent (gateway.hosts.answer.ahead)";

    private static final HostsConfig.Answer LIMITS = new HostsConfig.Answer(1_000, new Size(2_000), 20, new Size(100));

    private final AnswerMeter meter = new AnswerMeter(LIMITS, false);

    private static Text text(int seq, int chars) {
        return new Text(KEY, 1, WORKER, seq, "x".repeat(chars));
    }

    private static MediaPart part(int seq, int offset, int bytes) {
        return new MediaPart(KEY, 1, WORKER, seq, "image/png", offset, Bytes.of(new byte[bytes]), false);
    }

    private static Progress preview(int seq, int bytes) {
        return new Progress(KEY, 1, WORKER, seq, 1, 2, new Media("image/png", Bytes.of(new byte[bytes]), null));
    }

    private String takeCredited(Piece piece) {
        String why = meter.take(piece);
        meter.credited(piece.seq());
        return why;
    }

    @Test
    void shouldLetAnAnswerHaveSoManyCharacters() {
        assertThat(takeCredited(text(0, 600))).isNull();
        assertThat(takeCredited(text(1, 400))).isNull();
        assertThat(takeCredited(text(2, 1)))
                .isEqualTo("its answer has more than 1000 characters (gateway.hosts.answer.max_chars)");
    }

    @Test
    void shouldLetAnAnswerHaveSoManyPieces() {
        for (int seq = 0; seq < 20; seq++) {
            assertThat(takeCredited(text(seq, 1))).isNull();
        }
        assertThat(takeCredited(text(20, 1)))
                .isEqualTo("its answer has more than 20 pieces (gateway.hosts.answer.max_pieces)");
    }

    @Test
    void shouldCountMediaAndPreviewsTogether() {
        assertThat(takeCredited(preview(0, 500))).isNull();
        assertThat(takeCredited(new Progress(KEY, 1, WORKER, 1, 2, 2, null))).isNull();
        assertThat(meter.take(part(2, 0, 1_000))).isNull();
        assertThat(meter.take(part(2, 1_000, 500))).isNull();
        assertThat(meter.take(part(2, 1_500, 1)))
                .isEqualTo("its answer has more than 2000 bytes of media (gateway.hosts.answer.max_media)");
    }

    @Test
    void shouldCountOnceWhatIsSaidAgain() {
        for (int again = 0; again < 10; again++) {
            assertThat(meter.take(text(0, 50))).isNull();
            assertThat(meter.take(part(1, 0, 900))).isNull();
            assertThat(meter.take(part(1, 900, 900))).isNull();
        }
        assertThat(takeCredited(text(2, 900))).isEqualTo(UNREAD);
    }

    @Test
    void shouldLetAWorkerRunAheadByItsWindowAndOnePieceOfAnySize() {
        assertThat(meter.take(text(0, 60))).isNull();
        assertThat(meter.take(text(1, 40))).isNull();
        assertThat(meter.take(part(2, 0, 1_900))).isNull();
        assertThat(meter.take(text(3, 1))).isEqualTo(UNREAD);
    }

    @Test
    void shouldStartAnewAtEachCredit() {
        assertThat(meter.take(text(0, 100))).isNull();
        assertThat(meter.take(text(1, 100))).isNull();
        meter.credited(0);
        assertThat(meter.take(text(2, 100))).isNull();
        meter.credited(2);
        assertThat(meter.take(text(3, 100))).isNull();
        assertThat(meter.take(text(4, 1))).isNull();
        assertThat(meter.take(text(5, 1))).isEqualTo(UNREAD);
    }

    @Test
    void shouldLetAnEndHaveNoMoreThanItsPieces() {
        assertThat(meter.take(completed(1_000))).isNull();
        assertThat(meter.take(completed(1_001)))
                .isEqualTo("its answer has more than 1000 characters (gateway.hosts.answer.max_chars)");
    }

    @Test
    void shouldTakeNoEndWithoutAMediumWhereOneWasAskedFor() {
        var painting = new AnswerMeter(LIMITS, true);
        assertThat(painting.take(preview(0, 50))).isNull();
        assertThat(painting.take(completed(5))).isEqualTo("its answer has no medium");

        assertThat(painting.take(new MediaPart(KEY, 1, WORKER, 1, "image/png", 0, Bytes.of(new byte[9]), true)))
                .isNull();
        assertThat(painting.take(completed(0))).isNull();
    }

    private static Completed completed(int chars) {
        return new Completed(KEY, 1, WORKER, 0, "x".repeat(chars), null, null, 0, 0);
    }
}
