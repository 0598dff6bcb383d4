// SPDX-License-Identifier: GPL-3.0-only
/** When a host takes work, tried without a machine or a clock. */
@NullMarked
package io.mtor.worker.owner;

import org.jspecify.annotations.NullMarked;
