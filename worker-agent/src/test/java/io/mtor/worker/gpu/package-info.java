// SPDX-License-Identifier: GPL-3.0-only
/** What a machine tells, from a pretended nvidia-smi and pretended trees of files. */
@NullMarked
package io.mtor.worker.gpu;

import org.jspecify.annotations.NullMarked;
