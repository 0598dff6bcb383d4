// SPDX-License-Identifier: GPL-3.0-only
/** What this machine tells of its GPUs, its power and its user; a machine that tells nothing is fine. */
@NullMarked
package io.mtor.worker.gpu;

import org.jspecify.annotations.NullMarked;
