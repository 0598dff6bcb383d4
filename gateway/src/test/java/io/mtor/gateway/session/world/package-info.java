// SPDX-License-Identifier: GPL-3.0-only
/** A small realm in virtual time for sessions to live in: clients, a dispatcher, workers, and a network that loses. */
@NullMarked
package io.mtor.gateway.session.world;

import org.jspecify.annotations.NullMarked;
