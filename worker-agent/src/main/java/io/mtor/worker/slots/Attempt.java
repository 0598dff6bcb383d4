// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at an intent at this worker: who asked, what has been made of it so far, and when. It does not hold the
 * intent itself, which may weigh megabytes and is not needed for a replay.
 */
final class Attempt {

    /** A part of a medium on the bus. */
    static final int PART_BYTES = 64 * 1024;

    /** The longest text in one message. */
    static final int PIECE_CHARS = 16 * 1024;

    final long run;

    final Outgoing outgoing;

    /** What the gateway was told when it began. */
    final GatewayBound.Accepted accepted;

    final long acceptedMillis;

    final long deadlineMillis;

    private final QueryType queryType;

    private final boolean detached;

    private final boolean alone;

    private final StringBuilder whole = new StringBuilder();

    /** Text that has not become a piece yet. */
    private final StringBuilder waiting = new StringBuilder();

    private long mediaBytes;

    private long firstMillis = -1;

    GatewayId gateway;

    /** What is shown to that gateway in every answer; null if it gave none. */
    @Nullable
    Capability capability;

    DispatcherId dispatcher;

    /** When the model server last gave a sign of life. */
    long activeMillis;

    /** True once the model server has made something. */
    boolean heard;

    /** True while the model server is held up because the window is full. */
    boolean paused;

    /** When the client last took something, or the stream came to a halt. */
    long takenMillis;

    /** When it ended. */
    long endedMillis;

    /** How it ended; means nothing before. */
    Outcome outcome = Outcome.CANCELLED;

    Attempt(long run, GatewayBound.Accepted accepted, Assign assign, Outgoing outgoing, long now) {
        this.run = run;
        this.accepted = accepted;
        this.outgoing = outgoing;
        this.queryType = assign.intent().queryType();
        this.detached = assign.intent().detach();
        this.alone = assign.alone();
        this.gateway = assign.gateway();
        this.capability = assign.capability();
        this.dispatcher = assign.dispatcher();
        this.acceptedMillis = now;
        this.activeMillis = now;
        this.takenMillis = now;
        this.deadlineMillis = now + assign.ttlMillis();
    }

    IntentKey key() {
        return accepted.key();
    }

    int number() {
        return accepted.attempt();
    }

    private WorkerId worker() {
        return accepted.worker();
    }

    boolean isDetached() {
        return detached;
    }

    /** True while it may have no company: what kills does so soon, so only until the first sign of an answer. */
    boolean isAlone() {
        return alone && !heard;
    }

    /** False if it is said of an earlier attempt, or by a gateway that is not answered any more. */
    boolean isMeantBy(WorkerBound.Cancel cancel) {
        return number() <= cancel.attempt()
                && (cancel.gateway() == null || cancel.gateway().equals(gateway));
    }

    GatewayBound.FromWorker moved() {
        return new GatewayBound.Moved(key(), worker());
    }

    GatewayBound.FromWorker aliveFor(GatewayId asker) {
        if (!gateway.equals(asker)) {
            return moved();
        }
        return new GatewayBound.Alive(key(), number(), worker(), outgoing.size(), outgoing.isEnded());
    }

    GatewayBound.Failed failed(GatewayBound.Cause cause, String message) {
        return new GatewayBound.Failed(key(), number(), worker(), cause, message);
    }

    GatewayBound.Completed completed(@Nullable String by, @Nullable Usage usage) {
        long workMillis = endedMillis - acceptedMillis;
        String text = whole.toString();
        whole.setLength(0);
        whole.trimToSize();
        return new GatewayBound.Completed(
                key(),
                number(),
                worker(),
                outgoing.size(),
                text,
                accepted.model() == null ? by : accepted.model(),
                usage,
                firstMillis >= 0 ? firstMillis : workMillis,
                workMillis);
    }

    /** What the dispatcher is told of its end. */
    Ended ended() {
        return new Ended(key(), queryType, outcome, endedMillis - acceptedMillis);
    }

    int textChars() {
        return whole.length();
    }

    long mediaBytes() {
        return mediaBytes;
    }

    /** We stood still for so long: no silence in that time counts. */
    void forgive(long millis) {
        activeMillis += millis;
        takenMillis += millis;
    }

    /** The model server made something. */
    void signOfLife(long now) {
        heard = true;
        activeMillis = now;
    }

    void addText(String text, long now) {
        began(now);
        whole.append(text);
        waiting.append(text);
    }

    /** Makes pieces of the text that waits. */
    void cutText() {
        int from = 0;
        while (from < waiting.length()) {
            int to = Math.min(from + PIECE_CHARS, waiting.length());
            if (to < waiting.length() && Character.isHighSurrogate(waiting.charAt(to - 1))) {
                to--;
            }
            outgoing.add(List.of(
                    new GatewayBound.Text(key(), number(), worker(), outgoing.size(), waiting.substring(from, to))));
            from = to;
        }
        waiting.setLength(0);
    }

    void addMedium(String mediaType, Bytes data, long now) {
        began(now);
        cutText();
        mediaBytes += data.length();
        List<GatewayBound.MediaPart> parts = new ArrayList<>();
        int offset = 0;
        do {
            int end = Math.min(offset + PART_BYTES, data.length());
            parts.add(new GatewayBound.MediaPart(
                    key(),
                    number(),
                    worker(),
                    outgoing.size(),
                    mediaType,
                    offset,
                    data.slice(offset, end),
                    end == data.length()));
            offset = end;
        } while (offset < data.length());
        outgoing.add(parts);
    }

    void addProgress(int done, int of, @Nullable Media preview, long now) {
        began(now);
        cutText();
        Bytes data = preview == null ? null : preview.data();
        mediaBytes += data == null ? 0 : data.length();
        outgoing.add(List.of(new GatewayBound.Progress(key(), number(), worker(), outgoing.size(), done, of, preview)));
    }

    private void began(long now) {
        if (firstMillis < 0) {
            firstMillis = now - acceptedMillis;
        }
    }
}
