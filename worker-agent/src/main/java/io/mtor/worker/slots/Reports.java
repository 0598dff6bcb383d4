// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the dispatchers are to be told at the end of this turn: one message each, however much happened. */
final class Reports {

    private static final class Draft {
        final List<IntentKey> accepted = new ArrayList<>();
        final List<Ended> ended = new ArrayList<>();
    }

    private final Map<DispatcherId, Draft> drafts = new LinkedHashMap<>();

    void accepted(DispatcherId dispatcher, IntentKey key) {
        draft(dispatcher).accepted.add(key);
    }

    void ended(DispatcherId dispatcher, Ended ended) {
        draft(dispatcher).ended.add(ended);
    }

    /** Nothing was accepted or ended, and yet there is room for something. */
    void load(DispatcherId dispatcher) {
        draft(dispatcher);
    }

    private Draft draft(DispatcherId dispatcher) {
        return drafts.computeIfAbsent(dispatcher, id -> new Draft());
    }

    boolean isEmpty() {
        return drafts.isEmpty();
    }

    void flush(WorkerId worker, Load load, Consumer<Effect> out) {
        drafts.forEach((dispatcher, draft) -> out.accept(
                new Effect.ToDispatcher(dispatcher, new WorkerReport(worker, load, draft.accepted, draft.ended))));
        drafts.clear();
    }
}
