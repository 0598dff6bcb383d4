// SPDX-License-Identifier: GPL-3.0-only
/** What the whole-system tests stand on: a realm in one JVM, a cluster of processes, and people who use them. */
@NullMarked
package io.mtor.e2e.testing;

import org.jspecify.annotations.NullMarked;
