// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.Receiver;
import java.util.List;

/** Users whose connections never fail: any number of them, who only send and count. */
public final class ScriptedUsers {

    private static final long TTL_MILLIS = 100_000_000;

    private final Realm realm;
    private long ended;
    private long errors;

    public ScriptedUsers(Realm realm) {
        this.realm = realm;
    }

    /** Sends it to the gateways in turn. */
    public void send(Wish wish) {
        List<GatewayService> gateways = realm.gateways();
        GatewayService gateway = gateways.get((int) (wish.number() % gateways.size()));
        var intent = Intents.of(realm.seed, wish, new UserId(wish.user()));
        realm.wish(intent.key().guid(), wish);
        var how = new OpenIntents.Wish(false, TTL_MILLIS, null);
        gateway.node().deliver(() -> gateway.core()
                .intents()
                .open(intent, how, new Counting(), gateway.node().millis()));
    }

    public IntentId guid(Wish wish) {
        return Intents.guid(realm.seed, wish);
    }

    public long ended() {
        return ended;
    }

    public long errors() {
        return errors;
    }

    private final class Counting implements Receiver {

        @Override
        public void send(ServerMessage message) {
            ended += message.isTerminal() ? 1 : 0;
            errors += message instanceof ServerMessage.Failure ? 1 : 0;
        }

        @Override
        public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

        @Override
        public boolean isCongested() {
            return false;
        }
    }
}
