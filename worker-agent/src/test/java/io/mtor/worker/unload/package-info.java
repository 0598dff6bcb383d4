// SPDX-License-Identifier: GPL-3.0-only
/** Memory given back, tried with servers that answer as the real ones do. */
@NullMarked
package io.mtor.worker.unload;

import org.jspecify.annotations.NullMarked;
