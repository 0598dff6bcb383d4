// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

/**
 * What a worker's last announcement said.
 *
 * @param seenAt when it came
 */
public record Sight(boolean draining, long seenAt) {}
