// SPDX-License-Identifier: GPL-3.0-only
/** The worker-agent: finds the model servers of a host and does intents with them. */
@NullMarked
package io.mtor.worker;

import org.jspecify.annotations.NullMarked;
