// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one attempt: made once, kept, and sent as far as the gateway's window lets them.
 *
 * <p>Sending, flow control and replay are one mechanism, a list and two marks in it:
 *
 * <pre>
 *   seq   0   1   2   3   4   5   6        size
 *         ##########  ======  ......
 *              acked ^       ^ next
 *         taken by    on its  not sent yet:
 *         the client  way     the window is full
 * </pre>
 *
 * A credit moves {@code acked}; the window lets {@code next} run ahead of it. A resume sets both back to where the
 * client was, and everything after is sent again as it was the first time.
 */
final class Outgoing {

    /** The messages of one seq: one, or all parts of a medium. */
    private record Entry(List<Piece> messages, int weight) {}

    /** What a message weighs beside its content. */
    private static final int OVERHEAD = 64;

    private final int windowPieces;

    private final int windowBytes;

    private final List<Entry> entries = new ArrayList<>();

    private int next;

    private int acked = -1;

    private long bytesOnTheWay;

    private long weight;

    private GatewayBound.@Nullable FromWorker terminal;

    private boolean terminalSent;

    Outgoing(WorkerLimits limits) {
        this.windowPieces = limits.windowPieces();
        this.windowBytes = limits.windowBytes();
    }

    /** The seq of the next piece to be made. */
    int size() {
        return entries.size();
    }

    /** What all pieces weigh in memory, roughly. */
    long weight() {
        return weight;
    }

    void add(List<? extends Piece> messages) {
        int added = 0;
        for (Piece message : messages) {
            added += OVERHEAD + contentBytes(message);
        }
        entries.add(new Entry(List.copyOf(messages), added));
        weight += added;
    }

    private static int contentBytes(Piece piece) {
        return switch (piece) {
            case GatewayBound.Text text -> text.text().length();
            case GatewayBound.MediaPart part -> part.data().length();
            case GatewayBound.Progress progress -> {
                var preview = progress.preview();
                var data = preview == null ? null : preview.data();
                yield data == null ? 0 : data.length();
            }
        };
    }

    /** Ends it in success: the terminal message follows the last piece, when the window lets that go. */
    void complete(GatewayBound.Completed message) {
        terminal = message;
        weight += OVERHEAD + message.text().length();
    }

    /** Ends it in failure: what has not been sent is void, and the terminal message goes next. */
    void fail(GatewayBound.Failed message) {
        List<Entry> void_ = entries.subList(next, entries.size());
        void_.forEach(entry -> weight -= entry.weight);
        void_.clear();
        terminal = message;
        weight += OVERHEAD + message.message().length();
    }

    boolean isEnded() {
        return terminal != null;
    }

    /** True if the next piece would have to wait. */
    boolean isFull() {
        return next < entries.size() || !isWindowOpen();
    }

    private boolean isWindowOpen() {
        int onTheWay = next - 1 - acked;
        return onTheWay == 0 || (onTheWay < windowPieces && bytesOnTheWay < windowBytes);
    }

    /** Sends what the window allows, and the terminal message once, behind the last piece. */
    void pump(Consumer<GatewayBound.FromWorker> out) {
        while (next < entries.size() && isWindowOpen()) {
            Entry entry = entries.get(next++);
            bytesOnTheWay += entry.weight;
            entry.messages.forEach(out);
        }
        if (terminal != null && !terminalSent && next == entries.size()) {
            terminalSent = true;
            out.accept(terminal);
        }
    }

    /** The client has taken all up to {@code seq}; false if that is no news. */
    boolean credit(int seq) {
        int taken = Math.min(seq, next - 1);
        if (taken <= acked) {
            return false;
        }
        while (acked < taken) {
            bytesOnTheWay -= entries.get(++acked).weight;
        }
        return true;
    }

    /** Goes back to a client that has all up to {@code seq} and nothing after it. */
    void rewind(int seq) {
        acked = Math.max(-1, Math.min(seq, entries.size() - 1));
        next = acked + 1;
        bytesOnTheWay = 0;
        terminalSent = false;
    }
}
