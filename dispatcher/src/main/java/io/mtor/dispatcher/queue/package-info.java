// SPDX-License-Identifier: GPL-3.0-only
/** Who waits, in which order, and where in line: the waiting line of a matchmaker. */
@NullMarked
package io.mtor.dispatcher.queue;

import org.jspecify.annotations.NullMarked;
