// SPDX-License-Identifier: GPL-3.0-only
/** Intents, announcements and an outbox that remembers, for the dispatcher's tests. */
@NullMarked
package io.mtor.dispatcher.testing;

import org.jspecify.annotations.NullMarked;
