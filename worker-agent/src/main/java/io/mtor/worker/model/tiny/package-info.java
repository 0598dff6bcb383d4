// SPDX-License-Identifier: GPL-3.0-only
/** A language model of a few words that a test makes for itself, so that a real engine can be tried without a download. */
@NullMarked
package io.mtor.worker.model.tiny;

import org.jspecify.annotations.NullMarked;
