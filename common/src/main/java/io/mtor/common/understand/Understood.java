// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import io.mtor.common.protocol.QueryType;

/**
 * What words were understood as.
 *
 * @param queryType the kind of work
 * @param confidence 0 to 1
 * @param cue the name of the rule that decided, such as {@code en.draw}; never the words themselves
 */
public record Understood(QueryType queryType, double confidence, String cue) {}
