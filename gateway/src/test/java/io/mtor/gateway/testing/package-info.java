// SPDX-License-Identifier: GPL-3.0-only
/** Stand-ins for what a session has around it: a client, a realm, and the answers of workers. */
@NullMarked
package io.mtor.gateway.testing;

import org.jspecify.annotations.NullMarked;
