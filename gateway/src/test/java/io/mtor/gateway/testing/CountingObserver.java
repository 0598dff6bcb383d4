// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.session.SessionObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what happens to intents. */
public final class CountingObserver implements SessionObserver {

    public int accepted;
    public int firstPieces;
    public int dropped;
    public int forged;
    public final List<String> ended = new ArrayList<>();
    public final List<String> dispatchedAgain = new ArrayList<>();

    @Override
    public void accepted(QueryType type, long dispatchMicros, long queueMillis) {
        accepted++;
    }

    @Override
    public void firstPiece(QueryType type, long afterMillis) {
        firstPieces++;
    }

    @Override
    public void ended(QueryType type, @Nullable ErrorCode code, long afterMillis) {
        ended.add(code == null ? "result" : code.code());
    }

    @Override
    public void dispatchedAgain(String reason) {
        dispatchedAgain.add(reason);
    }

    @Override
    public void dropped() {
        dropped++;
    }

    @Override
    public void forged() {
        forged++;
    }
}
