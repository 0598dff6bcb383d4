// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.realm.client.core.Tried;
import java.util.List;
import java.util.stream.Collectors;

/** No gateway could be reached within the limit; says which were tried, and what came of it. */
public final class NoGatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoGatewayException(List<Tried> tried) {
        super(
                "no gateway answers at " + tried.stream().map(Tried::toString).collect(Collectors.joining(", ")),
                null,
                false,
                false);
    }
}
