// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A client core whose clock, luck and gateways are the test's. */
final class Pretended {

    static final URI A = URI.create("http://a:8080");
    static final URI B = URI.create("http://b:8080");
    static final WorkerId ATLAS = new WorkerId("atlas.chat");
    static final WorkerId BORA = new WorkerId("bora.chat");

    final ClientCore core;
    final List<Step> steps = new ArrayList<>();
    long now = 1_000_000;
    double chance = 0.5;

    Pretended(URI... gateways) {
        this(ClientSettings.Limits.USUAL, gateways);
    }

    Pretended(ClientSettings.Limits limits, URI... gateways) {
        core = new ClientCore(new ClientSettings(List.of(gateways), new UserId("ada"), limits), 0);
    }

    /** One that speaks with its first gateway. */
    static Pretended up(URI... gateways) {
        var client = new Pretended(gateways);
        client.open();
        client.connect();
        return client;
    }

    private Moment at() {
        return new Moment(now, chance);
    }

    private List<Step> did(List<Step> more) {
        steps.addAll(more);
        return more;
    }

    List<Step> open() {
        return did(core.open(at()));
    }

    /** The gateway takes the connection and speaks. */
    List<Step> connect() {
        List<Step> greetings = did(core.connected(at()));
        hear(welcome());
        return greetings;
    }

    List<Step> refuse(String why) {
        return did(core.refused(why, -1, at()));
    }

    List<Step> refuse(long retryAfterMillis) {
        return did(core.refused("HTTP 503", retryAfterMillis, at()));
    }

    List<Step> lose() {
        return did(core.lost("the connection broke", at()));
    }

    List<Step> moveTo(URI... gateways) {
        return did(core.moveTo(List.of(gateways), at()));
    }

    List<Step> hear(ServerMessage message) {
        return did(core.heard(message, at()));
    }

    List<Step> hear(int... frame) {
        var bytes = new byte[frame.length];
        for (int i = 0; i < frame.length; i++) {
            bytes[i] = (byte) frame[i];
        }
        return did(core.heard(bytes, at()));
    }

    /** Time passes up to the next moment at which something is due, and that is done. */
    List<Step> next() {
        now = Math.max(now, core.due());
        return did(core.tick(at()));
    }

    /** The connection is lost, and the next one is there. */
    List<Step> reconnect() {
        lose();
        next();
        return connect();
    }

    ClientMessage.Work ask(String text) {
        return ask(work(text));
    }

    ClientMessage.Work ask(ClientMessage.Work work) {
        did(core.ask(work, at()));
        return work;
    }

    List<Step> cancel(IntentId guid) {
        return did(core.cancel(guid));
    }

    /** What was told of an intent, in order. */
    List<ServerMessage> told(IntentId guid) {
        return steps.stream()
                .filter(Step.Tell.class::isInstance)
                .map(Step.Tell.class::cast)
                .filter(tell -> tell.guid().equals(guid))
                .map(Step.Tell::message)
                .toList();
    }

    /** The text that is shown of it. */
    String shown(IntentId guid) {
        var text = new StringBuilder();
        for (ServerMessage message : told(guid)) {
            if (message instanceof ServerMessage.Restart) {
                text.setLength(0);
            } else if (message instanceof ServerMessage.Chunk chunk) {
                text.append(chunk.text());
            }
        }
        return text.toString();
    }

    static ClientMessage.Hello hello(List<Step> greetings) {
        return greetings.stream()
                .filter(Step.Send.class::isInstance)
                .map(step -> ((Step.Send) step).message())
                .filter(ClientMessage.Hello.class::isInstance)
                .map(ClientMessage.Hello.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static Map<IntentId, ClientMessage.Seen> have(List<Step> greetings) {
        return Objects.requireNonNull(hello(greetings).have());
    }

    static ClientMessage.Work work(String text) {
        return ClientMessage.Work.of(IntentId.random(), QueryType.CHAT, text, null)
                .streamed();
    }

    static ClientMessage.Work with(ClientMessage.Work work, List<Media> media) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                null,
                null,
                media,
                null,
                true,
                null,
                null,
                null,
                null,
                null);
    }

    static ServerMessage welcome() {
        return new ServerMessage.Welcome("s", new UserId("ada"), new Limits(1, 1, 1, 1, 1, 1), List.of(), null);
    }

    static ServerMessage accepted(IntentId guid, WorkerId worker, int attempt) {
        return new ServerMessage.Accepted(guid, worker, null, attempt, null);
    }

    static ServerMessage chunk(IntentId guid, int seq, String text) {
        return new ServerMessage.Chunk(guid, seq, text, null, null);
    }

    static ServerMessage medium(IntentId guid, int seq, int stream) {
        return new ServerMessage.Chunk(guid, seq, null, stream, "image/png");
    }

    static ServerMessage restart(IntentId guid, int attempt) {
        return new ServerMessage.Restart(guid, attempt, "the worker was lost");
    }

    static ServerMessage result(IntentId guid, String text) {
        return new ServerMessage.Result(guid, text, ATLAS, null, null, null, new Timing(null, null, null, null), null);
    }
}
