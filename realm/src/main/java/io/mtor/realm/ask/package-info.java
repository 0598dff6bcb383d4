// SPDX-License-Identifier: GPL-3.0-only
/** {@code mtor ask}: one intent from the terminal. */
@NullMarked
package io.mtor.realm.ask;

import org.jspecify.annotations.NullMarked;
