// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How long the stages of an intent took, each measured inside one process; no clocks of two machines are compared.
 *
 * @param dispatchUs choosing the worker, in microseconds, waiting not included
 * @param queueMs waiting in the dispatcher's line, in milliseconds
 * @param firstMs from acceptance at the worker to the first piece of the answer, in milliseconds
 * @param workMs from acceptance at the worker to the end, in milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timing(
        @Nullable Long dispatchUs,
        @Nullable Long queueMs,
        @Nullable Long firstMs,
        @Nullable Long workMs) {}
