// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.bench.simulation.check.Judge;
import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.bench.simulation.check.Visible;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.retry.Backoff;
import io.mtor.gateway.session.OpenIntents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A user's tab: sends what its user wants, and when its connection is lost comes back to any gateway, with full jitter,
 * and sends again what is open with what it has of it.
 */
public final class Client {

    private static final long PING_MILLIS = 2_500;
    private static final long SILENCE_MILLIS = 7_000;
    private static final long CONNECT_MILLIS = 5_000;

    /** A slow gateway's tick, and its words' way to the client. */
    private static final long LATE_MILLIS = 3_000;

    /** A client that has come back is given what its worker still has, or what the gateway kept after that fell silent. */
    private static final long RETURN_MILLIS = 6_000;

    private final Realm realm;
    private final UserId user;
    private final Judge judge;
    private final SplittableRandom random;
    private final Map<IntentId, Sent> open = new LinkedHashMap<>();
    private final List<Sent> ended = new ArrayList<>();

    private @Nullable Connection connection;
    private boolean connecting;
    private boolean away;
    private int failures;
    private long heardAt;
    private long openedAt;
    private long troubleMillis;

    /** An intent of this user. */
    public static final class Sent {
        private final Wish wish;
        private final Intent intent;
        private final Visible visible;
        private final long sentAt;
        private final long troubleBefore;
        private long endedAt;

        /** The longest that it lay unread at a gateway: the time a session gives it is counted from when it was read. */
        private long heldMillis;

        Sent(Wish wish, Intent intent, Visible visible, Client by) {
            this.wish = wish;
            this.intent = intent;
            this.visible = visible;
            this.sentAt = by.now();
            this.troubleBefore = by.troubleMillis;
        }

        public Wish wish() {
            return wish;
        }

        public Visible visible() {
            return visible;
        }

        /** From sending to the end, in milliseconds. */
        public long tookMillis() {
            return endedAt - sentAt;
        }

        public IntentId guid() {
            return intent.key().guid();
        }

        IntentKey key() {
            return intent.key();
        }
    }

    public Client(Realm realm, UserId user, Judge judge) {
        this.realm = realm;
        this.user = user;
        this.judge = judge;
        this.random = Chance.of(realm.seed, "client " + user);
        look();
    }

    public UserId user() {
        return user;
    }

    /** What has not ended. */
    public List<Sent> open() {
        return List.copyOf(open.values());
    }

    public List<Sent> ended() {
        return ended;
    }

    /** Whether a gateway still has it open. */
    public boolean isOpenAtSomeGateway(Sent sent) {
        return realm.gateways().stream().anyMatch(each -> !each.core().intents().isOver(sent.intent.key()));
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    private long now() {
        return realm.agenda.millis();
    }

    /** Sends what its user wants. */
    public void send(Wish wish) {
        Intent intent = Intents.of(realm.seed, wish, user);
        IntentId guid = intent.key().guid();
        realm.wish(guid, wish);
        var sent = new Sent(wish, intent, new Visible(guid, wish.manner().streamed(), judge), this);
        open.put(guid, sent);
        realm.trace.say(
                now(), guid.value(), () -> user + " wants " + wish.type() + " for " + wish.workMillis() + " ms");
        Connection there = connection;
        if (there != null) {
            submit(there, sent);
        } else {
            connect();
        }
        if (wish.manner().cancelAfterMillis() != Wish.NEVER) {
            realm.agenda.after(wish.manner().cancelAfterMillis() * Agenda.MILLI, () -> cancel(sent));
        }
        if (wish.manner().detach()) {
            realm.agenda.after(100 * Agenda.MILLI, () -> goAway(wish.manner().awayMillis()));
        }
    }

    private void cancel(Sent sent) {
        Connection there = connection;
        if (there != null && open.containsKey(sent.guid())) {
            there.up(() -> there.gateway().cancel(there, sent.intent));
        }
    }

    /** Closes the tab, and opens it again after some time with all that it had. */
    private void goAway(long millis) {
        away = true;
        Connection there = connection;
        if (there != null) {
            connection = null;
            there.die(5, 0);
        }
        realm.agenda.after(millis * Agenda.MILLI, () -> {
            away = false;
            connect();
        });
    }

    /** Closes the tab for ever: what was open is given up, unless it was detached. */
    public void forsake() {
        away = true;
        open.clear();
        Connection there = connection;
        if (there != null) {
            connection = null;
            there.die(5, 0);
        }
    }

    private void submit(Connection there, Sent sent) {
        Visible visible = sent.visible;
        var worker = visible.worker();
        ClientMessage.Seen seen =
                worker == null ? null : new ClientMessage.Seen(visible.seen(), worker, visible.attempt());
        if (seen == null) {
            visible.forget();
        }
        long left = Math.max(RETURN_MILLIS / 2, sent.wish.ttlMillis() - (now() - sent.sentAt));
        var how = new OpenIntents.Wish(sent.wish.manner().streamed(), left, seen);
        long saidAt = now();
        there.up(() -> {
            sent.heldMillis = Math.max(sent.heldMillis, now() - saidAt);
            there.gateway().open(there, sent.intent, how);
        });
    }

    // ---- the connection

    private void connect() {
        if (connecting || connection != null || away) {
            return;
        }
        connecting = true;
        List<GatewayService> gateways = realm.gateways();
        if (gateways.isEmpty()) {
            retry();
            return;
        }
        GatewayService gateway = gateways.get(random.nextInt(gateways.size()));
        realm.agenda.after((2 + random.nextLong(15)) * Agenda.MILLI, () -> opened(gateway));
    }

    private void opened(GatewayService gateway) {
        if (gateway.node().isDead() || gateway.sendsElsewhere()) {
            retry();
        } else if (gateway.node().isStill()) {
            realm.agenda.after(CONNECT_MILLIS * Agenda.MILLI, this::retry);
        } else {
            connecting = false;
            openedAt = now();
            hasHeard();
            var fresh = new Connection(realm, gateway, this, random.split());
            connection = fresh;
            gateway.connected(fresh);
            realm.trace.say(now(), user.value(), () -> user + " connects to " + gateway.node());
            List.copyOf(open.values()).forEach(sent -> submit(fresh, sent));
        }
    }

    /** Full jitter (Brooker, 2015): anything from nothing to a step that doubles. */
    private void retry() {
        long wait = Backoff.delayMillis(failures++, random.nextDouble());
        realm.agenda.after(wait * Agenda.MILLI, () -> {
            connecting = false;
            connect();
        });
    }

    /** The connection is gone. */
    void lost(Connection one) {
        if (one == connection) {
            connection = null;
            realm.trace.say(
                    now(), user.value(), () -> user + " loses " + one.gateway().node());
            if (!open.isEmpty() && !connecting) {
                connecting = true;
                retry();
            }
        }
    }

    private void look() {
        Connection there = connection;
        if (there != null && !open.isEmpty()) {
            if (now() - heardAt > SILENCE_MILLIS) {
                there.die(random.nextLong(20_000), 0);
            } else {
                there.ping();
            }
        }
        realm.agenda.after(PING_MILLIS * Agenda.MILLI, this::look);
    }

    void alive(Connection one) {
        if (one == connection) {
            hasHeard();
            failures = 0;
        }
    }

    /** For as long as nothing is heard, no gateway's time is that of the client. */
    private void hasHeard() {
        if (now() - heardAt > PING_MILLIS + 500) {
            troubleMillis += now() - heardAt;
        }
        heardAt = now();
    }

    // ---- answers

    void hear(Connection one, ServerMessage message) {
        alive(one);
        IntentId guid = message.subject();
        Sent sent = guid == null ? null : open.get(guid);
        if (guid == null || one != connection) {
            return;
        }
        realm.trace.say(now(), guid.value(), () -> one.gateway().node() + " -> " + user + "  " + Told.of(message));
        realm.agenda.note(
                guid.hashCode() * 31L + message.getClass().getSimpleName().hashCode());
        if (sent != null) {
            sent.visible.hear(message);
            if (sent.visible.hasEnded()) {
                end(sent);
            }
        } else if (message.isTerminal()) {
            again(guid, message);
        }
    }

    private void again(IntentId guid, ServerMessage message) {
        for (Sent over : ended) {
            if (over.guid().equals(guid)) {
                over.visible.hear(message);
            }
        }
    }

    private void end(Sent sent) {
        sent.endedAt = now();
        open.remove(sent.guid());
        ended.add(sent);
        long trouble = troubleMillis - sent.troubleBefore;
        long deadline =
                Math.max(sent.sentAt + sent.wish.ttlMillis() + trouble + sent.heldMillis, openedAt + RETURN_MILLIS);
        if (now() > deadline + LATE_MILLIS) {
            judge.complain(
                    Law.LATE, sent.guid().value(), "it ended " + (now() - deadline) + " ms after its time was over");
        }
        ErrorCode error = sent.visible.error();
        if (error == ErrorCode.INTERNAL || error == ErrorCode.BAD_REQUEST) {
            judge.complain(Law.FAILED, sent.guid().value(), "it ended as " + error.code());
        }
    }

    void hearMedium(Connection one, IntentId guid, String by) {
        Sent sent = open.get(guid);
        if (one == connection && sent != null) {
            sent.visible.medium(by);
        }
    }
}
