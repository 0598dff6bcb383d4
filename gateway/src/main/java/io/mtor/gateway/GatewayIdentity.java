// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.protocol.GatewayId;
import java.util.function.LongSupplier;

/**
 * Who this gateway is.
 *
 * @param node the cluster node it runs on
 * @param clock milliseconds that never go back
 */
public record GatewayIdentity(GatewayId id, String node, LongSupplier clock) {}
