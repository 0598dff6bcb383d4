// SPDX-License-Identifier: GPL-3.0-only
/** Many users, who come back when their connections are lost, and record everything they see. */
@NullMarked
package io.mtor.bench.chaos.crowd;

import org.jspecify.annotations.NullMarked;
