// SPDX-License-Identifier: GPL-3.0-only
/** Real faults on a real cluster: what {@code mtor chaos} does at length, in short. */
@NullMarked
package io.mtor.e2e.chaos;

import org.jspecify.annotations.NullMarked;
