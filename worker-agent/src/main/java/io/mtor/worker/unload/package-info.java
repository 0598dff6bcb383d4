// SPDX-License-Identifier: GPL-3.0-only
/** Memory of the GPU given back by a model server's own means. */
@NullMarked
package io.mtor.worker.unload;

import org.jspecify.annotations.NullMarked;
