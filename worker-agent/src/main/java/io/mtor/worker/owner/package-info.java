// SPDX-License-Identifier: GPL-3.0-only
/** The owner first: when this host takes work and when it does not, with every reason, and what it has done today. */
@NullMarked
package io.mtor.worker.owner;

import org.jspecify.annotations.NullMarked;
