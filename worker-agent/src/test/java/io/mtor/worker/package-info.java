// SPDX-License-Identifier: GPL-3.0-only
/** The worker-agent on a bus, with model servers that exist only by the clock. */
@NullMarked
package io.mtor.worker;

import org.jspecify.annotations.NullMarked;
