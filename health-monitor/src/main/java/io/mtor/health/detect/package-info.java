// SPDX-License-Identifier: GPL-3.0-only
/** The decision whether a worker is healthy, degraded or down; pure. */
@NullMarked
package io.mtor.health.detect;

import org.jspecify.annotations.NullMarked;
