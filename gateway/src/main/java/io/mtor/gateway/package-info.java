// SPDX-License-Identifier: GPL-3.0-only
/** The gateway: browsers in, answers out. The edges; what they decide is in the pure packages below. */
@NullMarked
package io.mtor.gateway;

import org.jspecify.annotations.NullMarked;
