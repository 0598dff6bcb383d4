// SPDX-License-Identifier: GPL-3.0-only
/** A client of gateways, for the command line, programs and tests. */
@NullMarked
package io.mtor.realm.client;

import org.jspecify.annotations.NullMarked;
