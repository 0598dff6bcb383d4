// SPDX-License-Identifier: GPL-3.0-only
/** Model servers of a host that share a GPU, and of which only one works at a time. */
@NullMarked
package io.mtor.worker.turn;

import org.jspecify.annotations.NullMarked;
