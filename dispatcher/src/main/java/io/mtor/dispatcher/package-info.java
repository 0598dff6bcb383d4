// SPDX-License-Identifier: GPL-3.0-only
/** Which worker, and who waits? The dispatcher on the bus, its configuration and its start. */
@NullMarked
package io.mtor.dispatcher;

import org.jspecify.annotations.NullMarked;
