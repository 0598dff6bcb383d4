// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final UserId ADA = new UserId("ada");
    private static final Media PICTURE = Media.whole("image/png", Bytes.of(new byte[40]));

    private final Admission admission = new Admission(new Limits(1_000, 20, 2, 100, 3, 5), 60_000);

    private static ClientMessage.Work work(QueryType type, String text, int turns, @Nullable Long deadlineMs) {
        return new ClientMessage.Work(
                IntentId.random(),
                type,
                text,
                null,
                null,
                Collections.nCopies(turns, new Turn("user", "before")),
                null,
                null,
                null,
                null,
                deadlineMs,
                null,
                null,
                null);
    }

    private Decision admit(String text, Media... media) {
        return admission.admit(work(QueryType.CHAT, text, 0, null), List.of(media), ADA, 0);
    }

    private static void assertRefused(Decision decision, ErrorCode code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    @Test
    void shouldFillInWhatWasLeftOut() {
        var work = ClientMessage.Work.of(IntentId.random(), QueryType.CHAT, "Hello", null);

        assertThat(admission.admit(work, List.of(), ADA, 0))
                .isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
                    assertThat(admitted.ttlMillis()).isEqualTo(60_000);
                    assertThat(admitted.confidence()).isNull();
                    assertThat(admitted.intent().key().user()).isEqualTo(ADA);
                    assertThat(admitted.intent().key().guid()).isEqualTo(work.guid());
                    assertThat(admitted.intent().priority()).isEqualTo(Priority.INTERACTIVE);
                    assertThat(admitted.intent().privacy()).isEqualTo(Privacy.TRUSTED);
                    assertThat(admitted.intent().parameters()).isEqualTo(Parameters.NONE);
                    assertThat(admitted.intent().conversation()).isEmpty();
                    assertThat(admitted.intent().detach()).isFalse();
                });
    }

    @Test
    void shouldTakeTheShorterOfBothTimes() {
        assertThat(ttl(1_000L)).isEqualTo(1_000);
        assertThat(ttl(61_000L)).isEqualTo(60_000);
    }

    private long ttl(long deadlineMs) {
        return ((Decision.Admitted) admission.admit(work(QueryType.CHAT, "Hello", 0, deadlineMs), List.of(), ADA, 0))
                .ttlMillis();
    }

    @Test
    void shouldSayWhatItUnderstood() {
        var decision = admission.admit(work(QueryType.AUTO, "Hello", 0, null), List.of(PICTURE), ADA, 0);

        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            assertThat(admitted.intent().queryType()).isNotEqualTo(QueryType.AUTO);
            assertThat(admitted.confidence()).isBetween(0.0, 1.0);
        });
    }

    @Test
    void shouldKeepToEachLimit() {
        var work = work(QueryType.CHAT, "Hello", 0, null);
        assertThat(admission.admit(work, List.of(), ADA, 4)).isInstanceOf(Decision.Admitted.class);
        assertRefused(admission.admit(work, List.of(), ADA, 5), ErrorCode.RATE_LIMITED);

        assertThat(admit("x".repeat(20))).isInstanceOf(Decision.Admitted.class);
        assertRefused(admit("x".repeat(21)), ErrorCode.TOO_LARGE);

        assertThat(admission.admit(work(QueryType.CHAT, "Hello", 2, null), List.of(), ADA, 0))
                .isInstanceOf(Decision.Admitted.class);
        assertRefused(admission.admit(work(QueryType.CHAT, "Hello", 3, null), List.of(), ADA, 0), ErrorCode.TOO_LARGE);

        assertThat(admit("Hello", PICTURE, PICTURE)).isInstanceOf(Decision.Admitted.class);
        assertRefused(admit("Hello", PICTURE, PICTURE, PICTURE), ErrorCode.TOO_LARGE);
        Media empty = Media.whole("image/png", Bytes.EMPTY);
        assertRefused(admit("Hello", empty, empty, empty, empty), ErrorCode.TOO_LARGE);
    }

    @Test
    void shouldRefuseNothingAtAll() {
        assertRefused(admit("  \n"), ErrorCode.BAD_REQUEST);
        assertThat(admit("", PICTURE)).isInstanceOf(Decision.Admitted.class);
    }
}
