// SPDX-License-Identifier: GPL-3.0-only
/** Which intents a worker takes, what it has made of them, and how they end; no Vert.x, no clock. */
@NullMarked
package io.mtor.worker.slots;

import org.jspecify.annotations.NullMarked;
