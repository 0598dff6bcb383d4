// SPDX-License-Identifier: GPL-3.0-only
/** What the program of the worker-agent does beside being one. */
@NullMarked
package io.mtor.worker.command;

import org.jspecify.annotations.NullMarked;
