// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.webui}. */
@NullMarked
package io.mtor.worker.model.webui;

import org.jspecify.annotations.NullMarked;
