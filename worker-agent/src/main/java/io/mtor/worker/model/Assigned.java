// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

import io.mtor.common.protocol.Intent;
import org.jspecify.annotations.Nullable;

/**
 * An intent with all that is known when its work begins.
 *
 * @param model one that the worker serves for this query type; null where the query type knows none
 * @param dispatchMicros what choosing this worker took, in microseconds
 * @param queueMillis what it waited in the dispatcher's line
 */
public record Assigned(Intent intent, @Nullable String model, long dispatchMicros, long queueMillis) {}
