// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.session.Receiver;
import java.util.ArrayList;
import java.util.List;

/** A client that writes down what it is told, in one line each. */
public final class RecordingReceiver implements Receiver {

    private final List<ServerMessage> messages = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final long number;
    private boolean congested;

    private boolean mute;

    public RecordingReceiver() {
        this(0);
    }

    public RecordingReceiver(long number) {
        this.number = number;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public void send(ServerMessage message) {
        messages.add(message);
        lines.add(line(message));
    }

    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {
        lines.add("media " + seq + " @" + offset + " " + part.length() + (last ? " last" : ""));
    }

    @Override
    public boolean challenge() {
        if (!mute) {
            lines.add("are you there?");
        }
        return !mute;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    /** From now on it cannot be asked. */
    public void mute() {
        mute = true;
    }

    public void congested(boolean is) {
        congested = is;
    }

    /** What was said since the last call. */
    public List<String> heard() {
        List<String> heard = List.copyOf(lines);
        lines.clear();
        return heard;
    }

    /** Every message so far. */
    public List<ServerMessage> messages() {
        return messages;
    }

    public long terminals() {
        return messages.stream().filter(ServerMessage::isTerminal).count();
    }

    public ServerMessage last() {
        return messages.get(messages.size() - 1);
    }

    private static String line(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Queued queued -> queued.position() == null ? "queued" : "queued " + queued.position();
            case ServerMessage.Accepted accepted -> "accepted " + accepted.workerId() + " #" + accepted.attempt();
            case ServerMessage.Chunk chunk -> "chunk " + chunk.seq() + " " + chunk.text();
            case ServerMessage.Progress progress -> "progress " + progress.seq() + " " + progress.done();
            case ServerMessage.Restart restart -> "restart #" + restart.attempt();
            case ServerMessage.Result result -> "result " + result.resultText();
            case ServerMessage.Failure failure -> "error " + failure.code().code();
            case ServerMessage.Ack ack -> "ack";
            case ServerMessage.Welcome welcome -> "welcome";
            case ServerMessage.Realm realm -> "realm";
            case ServerMessage.Operations operations -> "operations";
            case ServerMessage.Notice notice -> "notice";
            case ServerMessage.Ping ping -> "ping";
            case ServerMessage.Pong pong -> "pong";
        };
    }
}
