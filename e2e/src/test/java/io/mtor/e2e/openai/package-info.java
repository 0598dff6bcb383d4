// SPDX-License-Identifier: GPL-3.0-only
/** The OpenAI-shaped face as the clients see it that people use. */
@NullMarked
package io.mtor.e2e.openai;

import org.jspecify.annotations.NullMarked;
