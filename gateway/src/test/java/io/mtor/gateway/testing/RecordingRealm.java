// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.session.RealmPort;
import java.util.ArrayList;
import java.util.List;

/** A realm that writes down what it is asked for, in one line each, and answers nothing by itself. */
public final class RecordingRealm implements RealmPort {

    private final List<String> lines = new ArrayList<>();
    private boolean dispatcherThere = true;
    private long lastTtlMillis;
    private long lastAgeMillis;

    public void dispatcherThere(boolean is) {
        dispatcherThere = is;
    }

    /** What was asked since the last call. */
    public List<String> asked() {
        List<String> asked = List.copyOf(lines);
        lines.clear();
        return asked;
    }

    /** The time the last placement gave. */
    public long lastTtlMillis() {
        return lastTtlMillis;
    }

    /** How old the intent was at the last placement. */
    public long lastAgeMillis() {
        return lastAgeMillis;
    }

    @Override
    public boolean place(
            Intent intent, int attempt, List<WorkerId> excluded, long ttlMillis, long ageMillis, boolean alone) {
        lines.add("place #" + attempt + (excluded.isEmpty() ? "" : " not " + excluded) + (alone ? " alone" : ""));
        lastTtlMillis = ttlMillis;
        lastAgeMillis = ageMillis;
        return dispatcherThere;
    }

    @Override
    public void withdraw(DispatcherId from, IntentKey key) {
        lines.add("withdraw from " + from);
    }

    @Override
    public void withdraw(IntentKey key) {
        lines.add("withdraw");
    }

    @Override
    public void resume(WorkerId worker, IntentKey key, int afterSeq) {
        lines.add("resume " + worker + " after " + afterSeq);
    }

    @Override
    public void probe(WorkerId worker, IntentKey key) {
        lines.add("probe " + worker);
    }

    @Override
    public void credit(WorkerId worker, IntentKey key, int attempt, int seq) {
        lines.add("credit " + worker + " #" + attempt + " " + seq);
    }

    @Override
    public void cancel(WorkerId worker, IntentKey key, int attempt) {
        lines.add("cancel " + worker + " #" + attempt);
    }

    @Override
    public void cancelEverywhere(WorkerId worker, IntentKey key) {
        lines.add("cancel everywhere " + worker);
    }
}
