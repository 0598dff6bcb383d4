// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.audit.Likeness.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who can tell whether a medium is what was asked for: what was spoken can be heard, and what was painted be seen. A witness
 * may be mistaken, so it is believed only where it tells that what a trusted worker made of the same intent is right.
 */
enum Witness {
    HEARS("speak", "transcribe") {
        @Override
        String question(Intent intent) {
            return "";
        }

        @Override
        Outcome judge(Intent intent, String reply) {
            return Likeness.of(QueryType.TRANSCRIBE.value(), "", reply, intent.text());
        }
    },

    SEES("imagine", "vision") {
        @Override
        String question(Intent intent) {
            return "Does this picture show what is described here? Answer yes or no, nothing else.\n\n" + intent.text();
        }

        @Override
        Outcome judge(Intent intent, String reply) {
            Set<String> words = Likeness.wordsOf(reply);
            if (words.contains("yes") == words.contains("no")) {
                return Outcome.UNCLEAR;
            }
            return words.contains("yes") ? Outcome.AGREED : Outcome.DIFFERED;
        }
    };

    private final String of;
    private final String by;

    Witness(String of, String by) {
        this.of = of;
        this.by = by;
    }

    /** For answers to this query type; null where none is needed. */
    static @Nullable Witness of(QueryType type) {
        for (Witness each : values()) {
            if (each.of.equals(type.value())) {
                return each;
            }
        }
        return null;
    }

    /** The query type of the witness. */
    QueryType by() {
        return new QueryType(by);
    }

    /** What it is asked about the medium that was made of the intent. */
    abstract String question(Intent intent);

    /** What its reply says of the medium. */
    abstract Outcome judge(Intent intent, String reply);
}
