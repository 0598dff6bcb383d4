// SPDX-License-Identifier: GPL-3.0-only
/** Whether the answers of volunteers are what others would have answered: samples, comparisons, reputations. Pure. */
@NullMarked
package io.mtor.gateway.audit;

import org.jspecify.annotations.NullMarked;
