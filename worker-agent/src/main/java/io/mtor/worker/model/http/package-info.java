// SPDX-License-Identifier: GPL-3.0-only
/** What all model servers that are asked over HTTP have in common: one streamed request, read line by line. */
@NullMarked
package io.mtor.worker.model.http;

import org.jspecify.annotations.NullMarked;
