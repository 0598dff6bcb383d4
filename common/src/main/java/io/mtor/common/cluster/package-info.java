// SPDX-License-Identifier: GPL-3.0-only
/** Starting a process of the realm, joining the cluster and leaving it. */
@NullMarked
package io.mtor.common.cluster;

import org.jspecify.annotations.NullMarked;
