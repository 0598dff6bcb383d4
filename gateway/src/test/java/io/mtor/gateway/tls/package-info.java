// SPDX-License-Identifier: GPL-3.0-only
/** HTTPS with certificates that are made, changed and broken. */
@NullMarked
package io.mtor.gateway.tls;

import org.jspecify.annotations.NullMarked;
