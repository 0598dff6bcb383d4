// SPDX-License-Identifier: GPL-3.0-only
/** What is made of texts and is no text: vectors that programs compare, and the order in which texts fit a question. */
@NullMarked
package io.mtor.worker.model.texts;

import org.jspecify.annotations.NullMarked;
