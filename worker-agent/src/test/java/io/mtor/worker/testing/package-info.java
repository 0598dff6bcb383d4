// SPDX-License-Identifier: GPL-3.0-only
/** Hand-written stand-ins for what surrounds a worker. */
@NullMarked
package io.mtor.worker.testing;

import org.jspecify.annotations.NullMarked;
