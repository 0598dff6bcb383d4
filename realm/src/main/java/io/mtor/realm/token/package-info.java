// SPDX-License-Identifier: GPL-3.0-only
/** Tokens that let hosts join through a gateway: {@code mtor token}. */
@NullMarked
package io.mtor.realm.token;

import org.jspecify.annotations.NullMarked;
