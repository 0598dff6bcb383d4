// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.realm.Departure;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.AnswerListener;
import io.mtor.gateway.session.Capabilities;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.RealmPort;
import io.mtor.gateway.session.SessionConfig;
import io.mtor.gateway.session.SessionObserver;
import java.util.List;

/**
 * The open intents of a gateway and the realm around them: who is gone by what is heard, and what that means to each
 * intent. Messages and time come in; what is to be sent goes to the {@link Outbox}.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
public final class GatewayCore {

    private final GatewayId id;
    private final Outbox outbox;
    private final RealmView realm;
    private final OpenIntents intents;
    private final Capabilities capabilities;
    private final SessionObserver observer;
    private final Reach reach = new Reach();

    /** @param realm which this keeps true */
    public GatewayCore(
            GatewayId id,
            SessionConfig config,
            RealmView realm,
            SessionObserver observer,
            AnswerListener listener,
            Outbox outbox,
            Capabilities capabilities) {
        this.id = id;
        this.realm = realm;
        this.outbox = outbox;
        this.observer = observer;
        this.capabilities = capabilities;
        this.intents = new OpenIntents(config, new Way(), observer, listener);
    }

    public GatewayId id() {
        return id;
    }

    public RealmView realm() {
        return realm;
    }

    public OpenIntents intents() {
        return intents;
    }

    /** Takes what was sent to this gateway; what a worker says without having been given the intent is not heard. */
    public void receive(GatewayBound message, long now) {
        if (message instanceof GatewayBound.FromWorker said && !capabilities.isGenuine(said)) {
            observer.forged();
        } else {
            intents.receive(message, now);
        }
    }

    /** Takes what was published to all. */
    public void hear(Announcement announcement, long now) {
        departed(realm.hear(announcement, now), now);
    }

    /** A cluster node is gone, and everything on it. */
    public void nodeLeft(String node, long now) {
        departed(realm.nodeLeft(node), now);
    }

    /** Time has passed; to be called about every 100 ms. */
    public void tick(long now) {
        departed(realm.tick(now), now);
        intents.tick(now);
        departed(realm.judgeMatchmaker(intents.unansweredMillis(), now), now);
        reach.look(realm.hasDispatcher(), realm.hasGatewayBeside(id), intents.unansweredMillis(), now);
    }

    /** True if its clients had better go to another gateway, see {@link Reach}. */
    public boolean isCutOff() {
        return reach.isCutOff();
    }

    private void departed(List<Departure> departures, long now) {
        for (Departure departure : departures) {
            switch (departure) {
                case Departure.Worker(var worker, var why) -> intents.workerLost(worker, why, now);
                case Departure.Dispatcher dispatcher -> intents.dispatcherLost(now);
                case Departure.Superseded(var before) -> intents.dispatcherSuperseded(before, now);
                case Departure.Gateway gateway -> {}
                case Departure.Monitor monitor -> {}
            }
        }
    }

    /** The sessions' way into the realm, in the bus's messages. */
    private final class Way implements RealmPort {

        @Override
        public boolean place(
                Intent intent, int attempt, List<WorkerId> excluded, long ttlMillis, long ageMillis, boolean alone) {
            Capability given = capabilities.forAttempt(intent.key(), attempt);
            var place = new DispatcherBound.Place(intent, id, attempt, excluded, ttlMillis, given, ageMillis, alone);
            realm.matchmaker().ifPresent(dispatcher -> outbox.toDispatcher(dispatcher, place));
            return realm.hasDispatcher() && !reach.isCutOff();
        }

        @Override
        public void withdraw(DispatcherId from, IntentKey key) {
            outbox.toDispatcher(from, new DispatcherBound.Withdraw(key, id));
        }

        @Override
        public void withdraw(IntentKey key) {
            var withdraw = new DispatcherBound.Withdraw(key, id);
            realm.dispatchers().forEach(dispatcher -> outbox.toDispatcher(dispatcher, withdraw));
        }

        @Override
        public void resume(WorkerId worker, IntentKey key, int afterSeq) {
            outbox.toWorker(worker, new WorkerBound.Resume(key, id, afterSeq, capabilities.forWorker(key, worker)));
        }

        @Override
        public void probe(WorkerId worker, IntentKey key) {
            outbox.toWorker(worker, new WorkerBound.Probe(key, id, capabilities.forWorker(key, worker)));
        }

        @Override
        public void credit(WorkerId worker, IntentKey key, int attempt, int seq) {
            outbox.toWorker(worker, new WorkerBound.Credit(key, attempt, seq));
        }

        @Override
        public void cancel(WorkerId worker, IntentKey key, int attempt) {
            outbox.toWorker(worker, new WorkerBound.Cancel(key, attempt, id));
        }

        @Override
        public void cancelEverywhere(WorkerId worker, IntentKey key) {
            outbox.toWorker(worker, new WorkerBound.Cancel(key, Integer.MAX_VALUE));
        }
    }
}
