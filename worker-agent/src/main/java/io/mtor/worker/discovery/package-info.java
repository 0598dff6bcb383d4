// SPDX-License-Identifier: GPL-3.0-only
/** Finds the model servers of this host, by proof and not by port, and notices when they come and go. */
@NullMarked
package io.mtor.worker.discovery;

import org.jspecify.annotations.NullMarked;
