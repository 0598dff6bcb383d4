// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.retry.Backoff;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a gateway, notices when it is lost, and finds another.
 *
 * <pre>
 *            open             connected            first message
 *   Idle ──────────► Connecting ──────────► Up ─────────────────► Up, spoken
 *     ▲                 │  ▲ ▲               │                       │
 *     │ limit    refused│  │ └──── next ─────┘ lost                  │ lost, silent
 *     │                 ▼  │ due                                     │
 *     └──────────── Waiting ◄───────────────────────────────────────┘
 * </pre>
 *
 * <p>A round tries each gateway once, without a pause between them; between two rounds, and before the first one after a
 * loss, stands a {@link Backoff}, to which comes what a gateway has asked for that takes no more just now. Only a gateway
 * that speaks is one that was found: a connection that opens and closes keeps backing off. The search is given up only
 * between two rounds, so that each gateway was tried.
 */
final class Search {

    /** No gateway can send a client away for longer than this, in milliseconds. */
    static final long MAX_RETRY_AFTER_MILLIS = 30_000;

    /** Its answer is heard like anything else. */
    private static final Step PING = new Step.Send(new ClientMessage.Ping("alive"));

    private final ClientSettings.Limits limits;
    private Gateways gateways;
    private Phase phase = new Phase.Idle();
    private int failures;
    private long since;
    private long retryAfterMillis;
    private boolean someAnswered;

    /** Times are those of {@link Moment}. */
    sealed interface Phase {

        record Idle() implements Phase {}

        record Waiting(long until) implements Phase {}

        record Connecting(URI gateway, long since) implements Phase {}

        record Up(URI gateway, long heardAt, long askedAt, boolean spoken) implements Phase {}
    }

    Search(ClientSettings settings, double chance) {
        this.limits = settings.limits();
        this.gateways = new Gateways(settings.gateways(), chance);
    }

    /** True if what is sent now goes out. */
    boolean isUp() {
        return phase instanceof Phase.Up;
    }

    int gateways() {
        return gateways.size();
    }

    /** Begins, unless it has begun. */
    List<Step> open(Moment at) {
        if (!(phase instanceof Phase.Idle)) {
            return List.of();
        }
        since = at.now();
        failures = 0;
        gateways.beginRound();
        return List.of(connectNext(at));
    }

    /** Goes to other gateways, at once. */
    List<Step> moveTo(List<URI> others, Moment at) {
        List<Step> steps = new ArrayList<>();
        if (!(phase instanceof Phase.Idle) && !(phase instanceof Phase.Waiting)) {
            steps.add(new Step.Drop());
        }
        gateways = new Gateways(others, at.chance());
        phase = new Phase.Idle();
        steps.addAll(open(at));
        return steps;
    }

    private Step connectNext(Moment at) {
        URI gateway = gateways.next();
        phase = new Phase.Connecting(gateway, at.now());
        return new Step.Connect(gateway);
    }

    void connected(Moment at) {
        if (phase instanceof Phase.Connecting connecting) {
            phase = new Phase.Up(connecting.gateway(), at.now(), at.now(), false);
        }
    }

    /**
     * The gateway did not take the connection.
     *
     * @param retryAfter what it asked for, in milliseconds; negative if it asked for nothing
     */
    List<Step> refused(String why, long retryAfter, Moment at) {
        return phase instanceof Phase.Connecting connecting
                ? failed(connecting.gateway(), why, retryAfter, at)
                : List.of();
    }

    private List<Step> failed(URI gateway, String why, long retryAfter, Moment at) {
        gateways.failed(gateway, why);
        if (retryAfter >= 0) {
            someAnswered = true;
            retryAfterMillis = Math.max(retryAfterMillis, Math.min(retryAfter, MAX_RETRY_AFTER_MILLIS));
        }
        if (!gateways.isRoundOver()) {
            return List.of(connectNext(at));
        }
        if (at.now() >= givingUpAt()) {
            return giveUp();
        }
        failures++;
        await(at);
        return List.of();
    }

    private void await(Moment at) {
        long delay = retryAfterMillis + Backoff.delayMillis(failures, at.chance());
        retryAfterMillis = 0;
        gateways.beginRound();
        phase = new Phase.Waiting(at.now() + delay);
    }

    private long givingUpAt() {
        return since + (someAnswered ? limits.search() : limits.firstSearch()).toMillis();
    }

    private List<Step> giveUp() {
        phase = new Phase.Idle();
        someAnswered = false;
        return List.of(new Step.TellLink(new Link.GaveUp(gateways.tried())));
    }

    /** Something came over the connection. */
    List<Step> heard(Moment at) {
        if (!(phase instanceof Phase.Up up)) {
            return List.of();
        }
        phase = new Phase.Up(up.gateway(), at.now(), up.askedAt(), true);
        if (up.spoken()) {
            return List.of();
        }
        failures = 0;
        someAnswered = true;
        gateways.worked();
        return List.of(new Step.TellLink(new Link.Up(up.gateway())));
    }

    /** The connection is gone. */
    List<Step> lost(String why, Moment at) {
        if (!(phase instanceof Phase.Up up)) {
            return List.of();
        }
        if (!up.spoken()) {
            return failed(up.gateway(), why, -1, at);
        }
        since = at.now();
        gateways.failed(up.gateway(), why);
        await(at);
        return List.of(new Step.TellLink(new Link.Lost(up.gateway(), why)));
    }

    /** Lets go of the connection by itself. */
    List<Step> drop(String why, Moment at) {
        List<Step> steps = new ArrayList<>(List.of(new Step.Drop()));
        steps.addAll(lost(why, at));
        return steps;
    }

    /** When {@link #tick} has something to do; far away if never. */
    long due() {
        return switch (phase) {
            case Phase.Idle idle -> Long.MAX_VALUE;
            case Phase.Waiting waiting -> Math.min(waiting.until(), givingUpAt());
            case Phase.Connecting connecting ->
                connecting.since() + limits.connect().toMillis();
            case Phase.Up up ->
                Math.min(
                        up.heardAt() + limits.silence().toMillis(),
                        Math.max(up.heardAt(), up.askedAt()) + limits.ping().toMillis());
        };
    }

    /** Time has passed. */
    List<Step> tick(Moment at) {
        if (at.now() < due()) {
            return List.of();
        }
        return switch (phase) {
            case Phase.Idle idle -> List.of();
            case Phase.Waiting waiting -> at.now() >= givingUpAt() ? giveUp() : List.of(connectNext(at));
            case Phase.Connecting connecting -> {
                List<Step> steps = new ArrayList<>(List.of(new Step.Drop()));
                steps.addAll(refused("no answer within " + limits.connect().toMillis() + " ms", -1, at));
                yield steps;
            }
            case Phase.Up up -> {
                if (at.now() - up.heardAt() >= limits.silence().toMillis()) {
                    yield drop("nothing was heard for " + limits.silence().toMillis() + " ms", at);
                }
                phase = new Phase.Up(up.gateway(), up.heardAt(), at.now(), up.spoken());
                yield List.of(PING);
            }
        };
    }
}
