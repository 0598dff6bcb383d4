// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client does: it keeps every intent until its one terminal message came, over as many connections to as many
 * gateways as that takes.
 *
 * <p>Each new connection is told what is here ({@code hello.have}) and given all that is open once more; the guid makes
 * that safe. How a connection is found is {@link Search}'s, what may be told is {@link OpenWork}'s.
 *
 * <p>Not thread-safe. Takes events, answers with steps, to be done in order. After each event {@link #due} says when it
 * wants to be asked again.
 */
public final class ClientCore {

    private static final String CLIENT = "mtor-java/0.1.0";
    private static final int STREAMS = 255;

    private final ClientSettings settings;
    private final Search search;
    private final Streams streams = new Streams();
    private final Map<IntentId, OpenWork> open = new LinkedHashMap<>();
    private boolean watching;
    private int nextStream;

    /** @param chance from 0 to 1: draws the gateway that is tried first */
    public ClientCore(ClientSettings settings, double chance) {
        this.settings = settings;
        this.search = new Search(settings, chance);
    }

    // ---- what the user wants

    /** Looks for a gateway, unless that has begun. */
    public List<Step> open(Moment at) {
        return search.open(at);
    }

    /** Does this; nothing but its terminal message ends it. */
    public List<Step> ask(ClientMessage.Work work, Moment at) {
        if (open.containsKey(work.guid())) {
            throw new IllegalArgumentException(work.guid() + " is open already");
        }
        if (open.size() >= settings.limits().openIntents()) {
            String why = "more than " + settings.limits().openIntents() + " intents of this client would be open";
            return List.of(
                    new Step.Tell(work.guid(), ServerMessage.Failure.of(work.guid(), ErrorCode.RATE_LIMITED, why)));
        }
        open.put(work.guid(), new OpenWork(work));
        return search.isUp() ? Parcel.of(work, this::nextStream) : search.open(at);
    }

    /** Stops it; the gateway has the last word. */
    public List<Step> cancel(IntentId guid) {
        OpenWork work = open.get(guid);
        if (work != null) {
            work.stop();
        }
        return send(new ClientMessage.Cancel(guid, null));
    }

    /** Wants to be told of the realm, over all connections. */
    public List<Step> watch(boolean on) {
        watching = on;
        return send(new ClientMessage.Watch("realm", on));
    }

    /** Sends this if there is a connection, and forgets it. */
    public List<Step> send(ClientMessage message) {
        return search.isUp() ? List.of(new Step.Send(message)) : List.of();
    }

    /** Goes on at other gateways, with all that is open. */
    public List<Step> moveTo(List<URI> gateways, Moment at) {
        streams.clear();
        return search.moveTo(gateways, at);
    }

    public boolean isUp() {
        return search.isUp();
    }

    /** When {@link #tick} has something to do, in the milliseconds of {@link Moment}; far away if never. */
    public long due() {
        return search.due();
    }

    private int nextStream() {
        nextStream = nextStream % STREAMS + 1;
        return nextStream;
    }

    // ---- the connection

    /** It is there: who we are, what we have, and all that is open. */
    public List<Step> connected(Moment at) {
        search.connected(at);
        Map<IntentId, ClientMessage.Seen> have = new HashMap<>();
        open.forEach((guid, work) -> work.seen().ifPresent(seen -> have.put(guid, seen)));
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Send(new ClientMessage.Hello(CLIENT, null, settings.user(), have)));
        if (watching) {
            steps.add(new Step.Send(new ClientMessage.Watch("realm", true)));
        }
        open.forEach((guid, work) -> {
            steps.addAll(Parcel.of(work.work(), this::nextStream));
            if (work.isStopping()) {
                steps.add(new Step.Send(new ClientMessage.Cancel(guid, null)));
            }
        });
        return steps;
    }

    /**
     * The gateway did not take it.
     *
     * @param retryAfterMillis what it asked for; negative if it asked for nothing
     */
    public List<Step> refused(String why, long retryAfterMillis, Moment at) {
        return orFail(search.refused(why, retryAfterMillis, at));
    }

    /** It is gone. */
    public List<Step> lost(String why, Moment at) {
        streams.clear();
        return orFail(search.lost(why, at));
    }

    private List<Step> drop(String why, Moment at) {
        streams.clear();
        return orFail(search.drop(why, at));
    }

    /** Time has passed. */
    public List<Step> tick(Moment at) {
        return orFail(search.tick(at));
    }

    /** When the search was given up, so is what was open. */
    private List<Step> orFail(List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        for (Step step : steps) {
            if (step instanceof Step.Drop) {
                streams.clear();
            } else if (step instanceof Step.TellLink(Link.GaveUp(var tried))) {
                open.keySet().forEach(guid -> all.add(new Step.Fail(guid, tried)));
                open.clear();
            }
        }
        return all;
    }

    // ---- what the gateway says

    /** A message came. */
    public List<Step> heard(ServerMessage message, Moment at) {
        List<Step> steps = new ArrayList<>(search.heard(at));
        IntentId guid = message.subject();
        OpenWork work = guid == null ? null : open.get(guid);
        if (message instanceof ServerMessage.Ping ping) {
            steps.add(new Step.Send(new ClientMessage.Pong(ping.guid())));
        } else if (message instanceof ServerMessage.Pong) {
            return steps;
        } else if (work == null) {
            steps.add(new Step.TellOther(message));
        } else {
            steps.addAll(about(work, message, at));
        }
        return steps;
    }

    /** A binary frame came. */
    public List<Step> heard(byte[] frame, Moment at) {
        List<Step> steps = new ArrayList<>(search.heard(at));
        switch (streams.frame(frame)) {
            case Streams.Outcome.More more -> {}
            case Streams.Outcome.Whole(var chunk, var media) -> {
                OpenWork work = open.get(chunk.guid());
                if (work != null) {
                    List<Step> told = piece(work, chunk.seq(), chunk, at);
                    steps.addAll(told);
                    if (told.contains(new Step.Tell(chunk.guid(), chunk))) {
                        steps.add(new Step.TellMedia(chunk.guid(), media));
                    }
                }
            }
            case Streams.Outcome.TooLarge(var guid) -> {
                steps.addAll(cancel(guid));
                open.remove(guid);
                steps.add(new Step.Tell(
                        guid,
                        ServerMessage.Failure.of(
                                guid,
                                ErrorCode.TOO_LARGE,
                                "its media are larger than " + Streams.MAX_BYTES + " bytes")));
            }
        }
        return steps;
    }

    private List<Step> about(OpenWork work, ServerMessage message, Moment at) {
        IntentId guid = work.work().guid();
        return switch (message) {
            case ServerMessage.Accepted accepted -> told(work, work.accepted(accepted), accepted, at);
            case ServerMessage.Chunk chunk
            when chunk.stream() != null -> {
                streams.open(chunk);
                yield List.of();
            }
            case ServerMessage.Chunk chunk -> piece(work, chunk.seq(), chunk, at);
            case ServerMessage.Progress progress -> piece(work, progress.seq(), progress, at);
            case ServerMessage.Restart restart -> {
                streams.forget(guid);
                work.restart(restart);
                yield List.of(new Step.Tell(guid, restart));
            }
            case ServerMessage.Failure failure
            when failure.code() == ErrorCode.UNAVAILABLE && work.goesElsewhere(search.gateways()) ->
                drop("it takes nothing new: " + failure.message(), at);
            default -> {
                if (message.isTerminal()) {
                    streams.forget(guid);
                    open.remove(guid);
                }
                yield List.of(new Step.Tell(guid, message));
            }
        };
    }

    private List<Step> piece(OpenWork work, int seq, ServerMessage message, Moment at) {
        return told(work, work.piece(seq), message, at);
    }

    private List<Step> told(OpenWork work, OpenWork.Verdict verdict, ServerMessage message, Moment at) {
        IntentId guid = work.work().guid();
        return switch (verdict) {
            case TELL -> List.of(new Step.Tell(guid, message));
            case DROP -> List.of();
            case VOID_AND_TELL -> {
                streams.forget(guid);
                yield List.of(new Step.Tell(guid, work.restart("another worker has it")), new Step.Tell(guid, message));
            }
            case GAP -> drop("a piece of an answer is missing", at);
            case GIVE_UP_PIECES -> List.of(new Step.Tell(guid, work.restart("pieces of it are missing")));
        };
    }

    /** How many intents have no terminal message yet. */
    public int size() {
        return open.size();
    }
}
