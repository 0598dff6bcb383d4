// SPDX-License-Identifier: GPL-3.0-only
/** Programs on the host as model servers: words or media in, words or a medium out. */
@NullMarked
package io.mtor.worker.model.command;

import org.jspecify.annotations.NullMarked;
