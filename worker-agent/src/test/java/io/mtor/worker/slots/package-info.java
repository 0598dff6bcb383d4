// SPDX-License-Identifier: GPL-3.0-only
/** What a worker decides, event by event. */
@NullMarked
package io.mtor.worker.slots;

import org.jspecify.annotations.NullMarked;
