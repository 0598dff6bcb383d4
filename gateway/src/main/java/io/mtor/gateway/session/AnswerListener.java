// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.protocol.Intent;

/** Hears what intents are answered, while their clients do; must not throw. */
public interface AnswerListener {

    /** Hears nothing. */
    AnswerListener NONE = new AnswerListener() {

        @Override
        public void heard(Intent intent, MediaPart part) {}

        @Override
        public void answered(Intent intent, Completed answer) {}
    };

    /** A part of a medium was handed on. */
    void heard(Intent intent, MediaPart part);

    /** It ended in a result, and was said so. */
    void answered(Intent intent, Completed answer);
}
