// SPDX-License-Identifier: GPL-3.0-only
/**
 * What a host and a gateway say to each other where the host is no member of the cluster: the messages on that one
 * connection, the key of a host and the token that lets it in. No Vert.x, no clock.
 */
@NullMarked
package io.mtor.common.edge;

import org.jspecify.annotations.NullMarked;
