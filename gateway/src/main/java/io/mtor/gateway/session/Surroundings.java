// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import java.util.function.IntSupplier;

/**
 * What every session of a gateway has around it.
 *
 * @param open how many sessions there are
 */
record Surroundings(
        SessionConfig config,
        RealmPort realm,
        SessionObserver observer,
        AnswerListener listener,
        Retries retries,
        IntSupplier open) {}
