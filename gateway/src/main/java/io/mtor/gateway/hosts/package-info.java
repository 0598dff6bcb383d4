// SPDX-License-Identifier: GPL-3.0-only
/** Hosts that are no members of the cluster: who may join, what they may say, and how this gateway stands for them on the bus. */
@NullMarked
package io.mtor.gateway.hosts;

import org.jspecify.annotations.NullMarked;
