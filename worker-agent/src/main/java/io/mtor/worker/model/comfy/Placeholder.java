// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may stand in braces in a {@link Workflow}. */
enum Placeholder {
    PROMPT(false),
    NEGATIVE_PROMPT(false),
    CHECKPOINT(false),
    SEED(true),
    STEPS(true),
    WIDTH(true),
    HEIGHT(true);

    private final boolean number;

    Placeholder(boolean number) {
        this.number = number;
    }

    /** As it is written: in a graph, and as the parameter of an intent. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
        return number;
    }

    /** True if an intent may leave it open and nobody but the workflow knows what is usual. */
    boolean needsDefault() {
        return this == STEPS || this == WIDTH || this == HEIGHT;
    }

    static Optional<Placeholder> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
    }

    /** All of them, for people. */
    static String list() {
        return Arrays.stream(values()).map(each -> "{" + each.id() + "}").collect(Collectors.joining(", "));
    }
}
