// SPDX-License-Identifier: GPL-3.0-only
/** What the program does beside being an agent. */
@NullMarked
package io.mtor.worker.command;

import org.jspecify.annotations.NullMarked;
