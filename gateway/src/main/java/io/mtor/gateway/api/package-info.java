// SPDX-License-Identifier: GPL-3.0-only
/** The OpenAI-shaped face: each endpoint turns a request into an intent and messages into a response. */
@NullMarked
package io.mtor.gateway.api;

import org.jspecify.annotations.NullMarked;
