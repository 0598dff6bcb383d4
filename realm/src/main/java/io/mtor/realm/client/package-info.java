// SPDX-License-Identifier: GPL-3.0-only
/** A client of a gateway, for the command line, the tests and the benchmarks. */
@NullMarked
package io.mtor.realm.client;

import org.jspecify.annotations.NullMarked;
