// SPDX-License-Identifier: GPL-3.0-only
/** What clients saw of their intents, and the judgement of it. */
@NullMarked
package io.mtor.bench.chaos.history;

import org.jspecify.annotations.NullMarked;
