// SPDX-License-Identifier: GPL-3.0-only
/** Which hosts may join through a gateway, by the hand of an operator: {@code mtor host}. */
@NullMarked
package io.mtor.realm.host;

import org.jspecify.annotations.NullMarked;
