// SPDX-License-Identifier: GPL-3.0-only
/** Brings intents and workers together: the whole decision of a dispatcher, driven by messages and time. */
@NullMarked
package io.mtor.dispatcher.match;

import org.jspecify.annotations.NullMarked;
