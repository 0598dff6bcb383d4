// SPDX-License-Identifier: GPL-3.0-only
/** The owner's page and commands, over real HTTP. */
@NullMarked
package io.mtor.worker.control;

import org.jspecify.annotations.NullMarked;
