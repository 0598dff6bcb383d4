// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import io.mtor.common.protocol.QueryType;

public record Understood(QueryType queryType, double confidence, String cue) {}
