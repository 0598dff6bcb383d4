// SPDX-License-Identifier: GPL-3.0-only
/** Which worker gets an intent: filter, score and pick over an index of those with a free slot. */
@NullMarked
package io.mtor.dispatcher.select;

import org.jspecify.annotations.NullMarked;
