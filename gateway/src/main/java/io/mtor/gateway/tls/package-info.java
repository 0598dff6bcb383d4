// SPDX-License-Identifier: GPL-3.0-only
/** HTTPS at the gateway itself: where its certificate comes from, and how it is changed while the gateway runs. */
@NullMarked
package io.mtor.gateway.tls;

import org.jspecify.annotations.NullMarked;
