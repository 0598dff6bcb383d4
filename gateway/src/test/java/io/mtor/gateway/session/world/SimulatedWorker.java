// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session.world;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker as the bus's messages describe it: slots, a window, a replay; it may hang, fail, and lose its memory. */
final class SimulatedWorker {

    private static final int SLOTS = 4;
    private static final int WINDOW = 128;

    final WorkerId id;
    private final SimulatedRealm realm;
    private final Map<IntentKey, Run> runs = new HashMap<>();
    private int life;

    private final class Run {
        private final IntentKey key;
        private final int attempt;
        private final int length;
        private final int failsAt;
        private final int lifeOfIt = life;
        private int gateway;
        private int made;
        private int sent;
        private int credited;
        private @Nullable GatewayBound terminal;
        private boolean terminalSent;

        Run(Intent intent, int attempt, int gateway) {
            this.key = intent.key();
            this.attempt = attempt;
            this.gateway = gateway;
            this.length = 1 + realm.random().nextInt(realm.random().nextInt(20) == 0 ? 400 : 30);
            this.failsAt = realm.network().strikes(0.05) ? realm.random().nextInt(length) : -1;
        }

        private String text(int seq) {
            return id + "/" + attempt + "/" + lifeOfIt + "/" + seq + ";";
        }

        private void work() {
            if (terminal != null || runs.get(key) != this) {
                return;
            }
            if (made == failsAt) {
                end(new GatewayBound.Failed(key, attempt, id, randomCause(), "failed"));
            } else if (made == length) {
                var whole = new StringBuilder();
                for (int seq = 0; seq < length; seq++) {
                    whole.append(text(seq));
                }
                end(new GatewayBound.Completed(key, attempt, id, length, whole.toString(), null, null, 1, 1));
            } else {
                if (made - credited < WINDOW) {
                    made++;
                }
                pump();
                realm.network().after(5 + realm.random().nextInt(20), this::work);
            }
        }

        private GatewayBound.Cause randomCause() {
            GatewayBound.Cause[] causes = {
                GatewayBound.Cause.FAILED,
                GatewayBound.Cause.BUSY,
                GatewayBound.Cause.HANDED_BACK,
                GatewayBound.Cause.GONE
            };
            return causes[realm.random().nextInt(causes.length)];
        }

        private void end(GatewayBound message) {
            terminal = message;
            pump();
            realm.slotFreed();
        }

        private void pump() {
            while (sent < made && sent - credited < WINDOW) {
                realm.toGateway(gateway, new GatewayBound.Text(key, attempt, id, sent, text(sent)));
                sent++;
            }
            if (terminal != null && !terminalSent && (sent == made || terminal instanceof GatewayBound.Failed)) {
                terminalSent = true;
                realm.toGateway(gateway, terminal);
            }
        }

        private void accept() {
            realm.toGateway(gateway, new GatewayBound.Accepted(key, attempt, id, null, false, 1, 1));
        }

        private void answer(int other, int afterSeq) {
            if (gateway != other) {
                realm.toGateway(gateway, new GatewayBound.Moved(key, id));
            }
            gateway = other;
            sent = Math.min(made, afterSeq + 1);
            credited = sent;
            terminalSent = false;
            accept();
            pump();
        }
    }

    SimulatedWorker(String name, SimulatedRealm realm) {
        this.id = new WorkerId(name);
        this.realm = realm;
    }

    int free() {
        return SLOTS
                - (int) runs.values().stream()
                        .filter(run -> run.terminal == null)
                        .count();
    }

    /** False if it does not take it. */
    boolean assign(Intent intent, int attempt, int gateway) {
        Run known = runs.get(intent.key());
        if (known != null && known.attempt >= attempt) {
            known.answer(gateway, -1);
            return true;
        }
        if (free() <= 0) {
            return false;
        }
        var run = new Run(intent, attempt, gateway);
        runs.put(intent.key(), run);
        run.accept();
        // One that hangs is accepted and never begun.
        if (!realm.network().strikes(0.01)) {
            realm.network().after(10 + realm.random().nextInt(100), run::work);
        }
        return true;
    }

    void cancel(IntentKey key, int attempt, int gateway) {
        Run run = runs.get(key);
        if (run != null && run.attempt <= attempt && run.terminal == null && (gateway < 0 || gateway == run.gateway)) {
            run.end(new GatewayBound.Failed(key, run.attempt, id, GatewayBound.Cause.CANCELLED, "cancelled"));
        }
    }

    void resume(IntentKey key, int gateway, int afterSeq) {
        Run run = runs.get(key);
        if (run == null) {
            realm.toGateway(gateway, new GatewayBound.UnknownIntent(key, id));
        } else {
            run.answer(gateway, afterSeq);
        }
    }

    void probe(IntentKey key, int gateway) {
        Run run = runs.get(key);
        if (run == null) {
            realm.toGateway(gateway, new GatewayBound.UnknownIntent(key, id));
        } else if (run.gateway != gateway) {
            realm.toGateway(gateway, new GatewayBound.Moved(key, id));
        } else {
            realm.toGateway(gateway, new GatewayBound.Alive(key, run.attempt, id, run.made, run.terminal != null));
        }
    }

    void credit(IntentKey key, int attempt, int seq) {
        Run run = runs.get(key);
        if (run != null && run.attempt == attempt) {
            run.credited = Math.max(run.credited, Math.min(seq + 1, run.sent));
            run.pump();
        }
    }

    /** Its process is killed and starts again. */
    void crash() {
        life++;
        runs.clear();
    }

    /** What runs here and should not: when all is over, nothing. */
    int running() {
        return SLOTS - free();
    }
}
