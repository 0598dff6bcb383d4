// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.session.Receiver;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One connection of a client to a gateway: in order and without loss while it lasts. When it is dead, what is on its way
 * is lost, and each end notices in its own time.
 */
final class Connection implements Receiver {

    private final Realm realm;
    private final GatewayService gateway;
    private final Client client;
    private final SplittableRandom random;
    private final long number;
    private final Map<IntentId, IntentKey> open = new LinkedHashMap<>();
    private final Map<IntentId, String> media = new LinkedHashMap<>();

    private boolean dead;
    private boolean congested;
    private long lastUp;
    private long lastDown;

    Connection(Realm realm, GatewayService gateway, Client client, SplittableRandom random) {
        this.realm = realm;
        this.gateway = gateway;
        this.client = client;
        this.random = random;
        this.number = gateway.nextConnection();
    }

    GatewayService gateway() {
        return gateway;
    }

    /** What the gateway believes to be open on it. */
    Map<IntentId, IntentKey> open() {
        return open;
    }

    boolean isDead() {
        return dead;
    }

    /** From the client to the gateway. */
    void up(Runnable handler) {
        if (dead) {
            return;
        }
        lastUp = Math.max(lastUp, realm.agenda.now() + way());
        realm.agenda.at(lastUp, () -> {
            if (!dead) {
                gateway.node().deliver(handler);
            }
        });
    }

    private void down(Runnable handler) {
        if (dead || gateway.node().isDead()) {
            return;
        }
        lastDown = Math.max(lastDown, realm.agenda.now() + way());
        realm.agenda.at(lastDown, () -> {
            if (!dead) {
                handler.run();
            }
        });
    }

    private long way() {
        return Agenda.MILLI + random.nextLong(4 * Agenda.MILLI);
    }

    @Override
    public void send(ServerMessage message) {
        if (message.isTerminal()) {
            open.remove(message.subject());
        }
        down(() -> client.hear(this, message));
    }

    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {
        if (offset == 0) {
            String start = new String(part.array(), 0, Math.min(64, part.length()), StandardCharsets.UTF_8);
            media.put(guid, start);
            send(new ServerMessage.Chunk(guid, seq, null, 1, mediaType));
        }
        String by = media.getOrDefault(guid, "a medium without a beginning:");
        if (last) {
            media.remove(guid);
            down(() -> client.hearMedium(this, guid, by));
        }
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean challenge() {
        down(() -> up(() -> gateway.heard(this)));
        return true;
    }

    /** The client does not read for so long. */
    void congest(long millis) {
        congested = true;
        realm.agenda.after(millis * Agenda.MILLI, () -> {
            congested = false;
            if (!dead) {
                gateway.node().deliver(() -> gateway.ready(this));
            }
        });
    }

    /** It is dead from now on; when the ends notice is another matter. */
    void die(long gatewayNoticesMillis, long clientNoticesMillis) {
        if (dead) {
            return;
        }
        dead = true;
        realm.agenda.after(
                gatewayNoticesMillis * Agenda.MILLI, () -> gateway.node().deliver(() -> gateway.closed(this)));
        realm.agenda.after(clientNoticesMillis * Agenda.MILLI, () -> client.lost(this));
    }

    void closeByGateway() {
        down(() -> {
            dead = true;
            client.lost(this);
        });
        gateway.closed(this);
    }

    /** The pings of both ends: as long as they come back, the other is there. */
    void ping() {
        up(() -> down(() -> client.alive(this)));
    }
}
