// SPDX-License-Identifier: GPL-3.0-only
/** Words from speech and speech from words: servers that are sent a form with a sound, or answer with one. */
@NullMarked
package io.mtor.worker.model.speech;

import org.jspecify.annotations.NullMarked;
