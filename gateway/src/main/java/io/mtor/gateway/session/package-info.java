// SPDX-License-Identifier: GPL-3.0-only
/** The open intents of a gateway and what becomes of each: the owner of retry, deadline and the one terminal message. */
@NullMarked
package io.mtor.gateway.session;

import org.jspecify.annotations.NullMarked;
