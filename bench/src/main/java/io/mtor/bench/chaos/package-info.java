// SPDX-License-Identifier: GPL-3.0-only
/** {@code mtor chaos}: real faults on a real cluster, judged by what the clients saw. */
@NullMarked
package io.mtor.bench.chaos;

import org.jspecify.annotations.NullMarked;
