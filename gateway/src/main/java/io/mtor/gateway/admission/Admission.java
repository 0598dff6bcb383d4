// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.admission;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.UserId;
import io.mtor.common.understand.Classifier;
import io.mtor.common.understand.Understood;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** May this intent enter? Turns work into an intent, understanding {@code auto}, or says why not. */
public final class Admission {

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Limits limits;

    private final long maxTtlMillis;

    /** @param maxTtlMillis the longest time any intent may take */
    public Admission(Limits limits, long maxTtlMillis) {
        this.limits = limits;
        this.maxTtlMillis = maxTtlMillis;
    }

    /** Whether an intent enters. */
    public sealed interface Decision {

        /**
         * It enters.
         *
         * @param confidence how sure the understanding of {@code auto} is; null if the client named the query type
         */
        record Admitted(
                Intent intent, long ttlMillis, @Nullable Double confidence) implements Decision {}

        record Refused(ErrorCode code, String message) implements Decision {

            private static final long RETRY_AFTER_MILLIS = 1_000;

            /** When it may be sent again: enough for one of the open ones to end; null where time does not help. */
            public @Nullable Long retryAfterMillis() {
                return code.retryable() ? RETRY_AFTER_MILLIS : null;
            }
        }
    }

    /**
     * Decides.
     *
     * @param media the work's media, each whole
     * @param open how many other intents its connection or its user has open, whichever is more
     */
    public Decision admit(ClientMessage.Work work, List<Media> media, UserId user, int open) {
        if (open >= limits.maxOpenIntents()) {
            return new Decision.Refused(
                    ErrorCode.RATE_LIMITED, limits.maxOpenIntents() + " intents of this user are open already");
        }
        long bytes = media.stream()
                .mapToLong(each -> each.data() == null ? 0 : each.data().length())
                .sum();
        if (bytes > limits.maxMediaBytes()) {
            return new Decision.Refused(
                    ErrorCode.TOO_LARGE, "media have " + bytes + " bytes; " + limits.maxMediaBytes() + " are allowed");
        }
        Decision.Refused tooLong = tooLong(work, media.size());
        if (tooLong != null) {
            return tooLong;
        }
        if (work.queryText().isBlank() && media.isEmpty()) {
            return new Decision.Refused(ErrorCode.BAD_REQUEST, "query_text is empty and there is no media");
        }
        return admitted(work, media, user);
    }

    private Decision.@Nullable Refused tooLong(ClientMessage.Work work, int mediaCount) {
        List<Turn> turns = Objects.requireNonNullElse(work.conversation(), List.of());
        String what = null;
        if (mediaCount > limits.maxMediaCount()) {
            what = "there are more than " + limits.maxMediaCount() + " media";
        } else if (turns.size() > limits.maxConversationTurns()) {
            what = "the conversation has more than " + limits.maxConversationTurns() + " turns";
        } else if (work.queryText().length() > limits.maxTextChars()
                || turns.stream().anyMatch(turn -> turn.content().length() > limits.maxTextChars())) {
            what = "a text is longer than " + limits.maxTextChars() + " characters";
        }
        return what == null ? null : new Decision.Refused(ErrorCode.TOO_LARGE, what);
    }

    private Decision.Admitted admitted(ClientMessage.Work work, List<Media> media, UserId user) {
        QueryType type = work.queryType();
        Double confidence = null;
        if (type.equals(QueryType.AUTO)) {
            Understood understood = Classifier.understand(work.queryText(), has(media, "image/"), has(media, "audio/"));
            type = understood.queryType();
            confidence = understood.confidence();
        }
        var intent = new Intent(
                new IntentKey(user, work.guid()),
                type,
                work.queryText(),
                work.model(),
                Objects.requireNonNullElse(work.conversation(), List.of()),
                media,
                Objects.requireNonNullElse(work.parameters(), Parameters.NONE),
                Objects.requireNonNullElse(work.priority(), Priority.INTERACTIVE),
                Objects.requireNonNullElse(work.privacy(), Privacy.TRUSTED),
                Boolean.TRUE.equals(work.detach()),
                work.traceparent());
        long asked = Objects.requireNonNullElse(work.deadlineMs(), NO_DEADLINE);
        return new Decision.Admitted(intent, Math.min(asked, maxTtlMillis), confidence);
    }

    private static boolean has(List<Media> media, String prefix) {
        return media.stream().anyMatch(each -> each.mediaType().startsWith(prefix));
    }
}
