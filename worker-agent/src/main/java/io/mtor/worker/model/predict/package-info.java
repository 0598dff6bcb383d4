// SPDX-License-Identifier: GPL-3.0-only
/** Programs of the host's own that take a prompt at {@code /predict}, and answer with a text, a picture or a sound. */
@NullMarked
package io.mtor.worker.model.predict;

import org.jspecify.annotations.NullMarked;
