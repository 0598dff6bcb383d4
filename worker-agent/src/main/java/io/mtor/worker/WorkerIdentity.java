// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;

/**
 * Who a worker is.
 *
 * @param node the cluster node it runs on
 * @param incarnation drawn when it starts
 * @param name for people
 * @param version of this program
 * @param trust whose it is
 */
public record WorkerIdentity(WorkerId id, String node, long incarnation, String name, String version, Trust trust) {}
