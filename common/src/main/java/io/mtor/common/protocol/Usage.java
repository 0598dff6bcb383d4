// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

/** Tokens as the model server counted them; each at least 0. */
public record Usage(int promptTokens, int completionTokens) {}
