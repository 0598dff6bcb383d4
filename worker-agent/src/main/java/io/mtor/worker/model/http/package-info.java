// SPDX-License-Identifier: GPL-3.0-only
/** What all model servers that are asked over HTTP have in common: one request, and an answer that is read as it comes. */
@NullMarked
package io.mtor.worker.model.http;

import org.jspecify.annotations.NullMarked;
