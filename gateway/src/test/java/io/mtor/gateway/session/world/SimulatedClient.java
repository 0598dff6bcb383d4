// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session.world;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.Receiver;
import io.mtor.gateway.testing.Intents;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's client with one intent: it loses its connection, comes back anywhere, and notes what breaks the law. */
public final class SimulatedClient {

    private static final long TTL = 120_000;

    private final Network network;
    private final SimulatedRealm realm;
    private final Intent intent;
    private final boolean streamed;
    private final List<String> complaints = new ArrayList<>();

    private @Nullable Connection connection;
    private @Nullable WorkerId worker;
    private int attempt;
    private int nextSeq;
    private final StringBuilder shown = new StringBuilder();
    private int terminals;
    private boolean isShortened;
    private @Nullable ErrorCode error;

    /** One connection; once it is dead nothing that goes into it arrives. */
    private final class Connection implements Receiver {
        private final int gateway;
        private final OpenIntents there;
        private boolean dead;

        Connection(int gateway) {
            this.gateway = gateway;
            this.there = realm.gateway(gateway);
        }

        @Override
        public void send(ServerMessage message) {
            if (!dead) {
                hear(message);
            }
        }

        @Override
        public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {
            complaints.add("a medium that nobody made");
        }

        @Override
        public boolean isCongested() {
            return false;
        }
    }

    public SimulatedClient(Network network, SimulatedRealm realm) {
        this.network = network;
        this.realm = realm;
        var guid = new IntentId(
                new UUID(network.random().nextLong(), network.random().nextLong()).toString());
        this.intent = Intents.chat(guid, "Hello", false);
        this.streamed = network.random().nextInt(5) > 0;
    }

    /** Sends its intent. */
    public void begin() {
        connect();
        if (network.random().nextInt(25) == 0) {
            network.after(network.random().nextInt(1_500), this::cancel);
        }
    }

    private void connect() {
        if (terminals > 0) {
            return;
        }

        var fresh = new Connection(network.random().nextInt(realm.gatewayCount()));
        connection = fresh;
        ClientMessage.Seen seen = worker == null ? null : new ClientMessage.Seen(nextSeq - 1, worker, attempt);
        if (seen == null) {
            forgetShown();
        }
        fresh.there.open(intent, new OpenIntents.Wish(streamed, TTL, seen), fresh, network.now());
        network.after(200 + network.random().nextInt(2_000), () -> perhapsLose(fresh));
    }

    private void perhapsLose(Connection one) {
        if (one != connection || terminals > 0) {
            return;
        }
        if (realm.gateway(one.gateway) != one.there || network.strikes(0.3)) {
            one.dead = true;
            long noticedAfter =
                    network.random().nextBoolean() ? 0 : network.random().nextInt(3_000);
            network.after(noticedAfter, () -> one.there.receiverLost(one, List.of(intent.key()), network.now()));
            network.after(50 + network.random().nextInt(2_000), this::connect);
        } else {
            network.after(200 + network.random().nextInt(2_000), () -> perhapsLose(one));
        }
    }

    private void cancel() {
        if (connection != null && !connection.dead && terminals == 0) {
            connection.there.cancel(intent.key(), network.now());
        }
    }

    private void forgetShown() {
        nextSeq = 0;
        shown.setLength(0);
    }

    private void hear(ServerMessage message) {
        if (terminals > 0) {
            complaints.add("after the end: " + message);
        }
        switch (message) {
            case ServerMessage.Accepted accepted -> {
                worker = accepted.workerId();
                if (attempt > 0 && accepted.attempt() != attempt && nextSeq > 0) {
                    complaints.add("another attempt without a restart: " + accepted);
                }
                attempt = accepted.attempt();
            }
            case ServerMessage.Restart restart -> {
                if (restart.attempt() <= attempt) {
                    complaints.add("an attempt that does not rise from " + attempt + ": " + restart);
                }
                attempt = restart.attempt();
                forgetShown();
            }
            case ServerMessage.Chunk chunk -> {
                if (chunk.seq() != nextSeq) {
                    complaints.add("chunk " + chunk.seq() + " where " + nextSeq + " was next");
                }
                nextSeq = chunk.seq() + 1;
                shown.append(chunk.text());
            }
            case ServerMessage.Result result -> {
                terminals++;
                isShortened = streamed && shown.length() < result.resultText().length();
                if (streamed && !result.resultText().startsWith(shown.toString())) {
                    complaints.add("shown was " + shown + " but the result is " + result.resultText());
                }
            }
            case ServerMessage.Failure failure -> {
                terminals++;
                error = failure.code();
            }
            default -> {}
        }
    }

    /** What was wrong; empty if it ended exactly once and nothing was mixed, lost or repeated. */
    public List<String> complaints() {
        if (terminals != 1) {
            complaints.add(terminals + " ends of " + intent.key().guid());
        }
        return complaints;
    }

    /** True if the end came with the whole text before all pieces of it had been shown. */
    public boolean isShortened() {
        return isShortened;
    }

    /** Null if it ended in a result. */
    public @Nullable ErrorCode error() {
        return error;
    }
}
