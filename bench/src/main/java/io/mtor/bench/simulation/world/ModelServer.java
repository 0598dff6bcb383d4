// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.Trust;
import io.mtor.worker.model.Assigned;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A model server by the clock: makes pieces that name their run, or fails, hangs, or brings its process down. */
final class ModelServer {

    /** More than a message holds, so that it comes in parts. */
    private static final int PICTURE_BYTES = 70_000;

    private static final long FAILS_FAST_MILLIS = 1;
    private static final Cause[] CAUSES = {Cause.FAILED, Cause.GONE, Cause.BUSY, Cause.HANDED_BACK};

    private final WorkerService worker;
    private final Realm realm;
    private final Map<Long, Run> runs = new HashMap<>();

    private double failing;
    private double hanging;
    private boolean failingFast;

    private final class Run {
        private final long number;
        private final IntentId guid;
        private final Wish wish;
        private final long stepMillis;
        private int made;
        private int failsAt = -1;
        private boolean hangs;
        private boolean paused;
        private boolean due;

        Run(long number, IntentId guid, Wish wish) {
            this.number = number;
            this.guid = guid;
            this.wish = wish;
            double total = wish.workMillis() * worker.host().slowness();
            this.stepMillis = Math.max(1, Math.round(total / (wish.pieces() + 1)));
        }

        void drawFate() {
            SplittableRandom fate = Chance.of(realm.seed, worker.node().name() + number, wish.number());
            if (failingFast) {
                realm.log.fired(FaultKind.FAILS_FAST);
                failsAt = 0;
            } else if (fate.nextDouble() < failing) {
                realm.log.fired(FaultKind.MODEL_FAILS);
                failsAt = fate.nextInt(wish.pieces() + 1);
            } else if (fate.nextDouble() < hanging) {
                realm.log.fired(FaultKind.MODEL_HANGS);
                hangs = true;
            }
        }

        void begin() {
            if (wish.manner().poison()) {
                realm.log.fired(FaultKind.POISON);
                worker.node().after(20, this::kill);
            } else if (!hangs) {
                worker.node().after(failingFast ? FAILS_FAST_MILLIS : stepMillis, this::step);
            }
        }

        private void kill() {
            if (runs.get(number) == this) {
                realm.trace.say(realm.agenda.millis(), "", () -> worker.node() + " is killed by " + guid);
                realm.ledger.killed(guid);
                worker.node().die();
                realm.agenda.after(2_000 * Agenda.MILLI, () -> realm.replace(worker));
            }
        }

        private void step() {
            if (runs.get(number) != this) {
                return;
            }
            if (paused) {
                due = true;
                return;
            }
            if (made == failsAt) {
                runs.remove(number);
                Cause cause = failingFast ? Cause.FAILED : CAUSES[(int) (wish.number() % CAUSES.length)];
                worker.decide(now -> worker.core().failed(number, cause, "the model server failed", now));
            } else if (made == wish.pieces()) {
                runs.remove(number);
                worker.decide(now -> worker.core().completed(number, null, null, now));
            } else {
                piece();
                worker.node().after(stepMillis, this::step);
            }
        }

        private void piece() {
            String name = worker.runName(number);
            if (made == 0 && wish.manner().picture()) {
                byte[] bytes = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), PICTURE_BYTES);
                worker.decide(now -> worker.core().medium(number, Media.whole("image/png", Bytes.of(bytes)), now));
            } else {
                String text = name + made + ";";
                worker.decide(now -> worker.core().text(number, text, now));
            }
            made++;
        }
    }

    ModelServer(WorkerService worker, Realm realm) {
        this.worker = worker;
        this.realm = realm;
    }

    void fail(double share) {
        failing = share;
    }

    void hang(double share) {
        hanging = share;
    }

    void failFast(boolean on) {
        failingFast = on;
    }

    void start(long run, Assigned work) {
        IntentId guid = work.intent().key().guid();
        Wish wish = realm.wish(guid);
        realm.ledger.began(
                guid,
                worker.host().name(),
                !(worker.host().trust() == Trust.VOLUNTEER && wish.manner().privacy() == Privacy.TRUSTED),
                realm.agenda.now());
        realm.trace.say(realm.agenda.millis(), guid.value(), () -> worker.node() + " begins run " + run);
        realm.ledger.mustHaveRoom(guid, runs.size(), worker.host().slots());
        var begun = new Run(run, guid, wish);
        runs.put(run, begun);
        begun.drawFate();
        begun.begin();
    }

    void stop(long run) {
        runs.remove(run);
    }

    void pause(long run) {
        Run there = runs.get(run);
        if (there != null) {
            there.paused = true;
        }
    }

    void goOn(long run) {
        Run there = runs.get(run);
        if (there != null) {
            there.paused = false;
            if (there.due) {
                there.due = false;
                worker.node().after(0, there::step);
            }
        }
    }
}
