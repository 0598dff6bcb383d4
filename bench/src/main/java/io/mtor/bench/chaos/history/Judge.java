// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.history;

import io.mtor.bench.chaos.history.Judgement.Breach;
import io.mtor.bench.chaos.history.Judgement.Kind;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.sim.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one history as a user would who watches every word, and notes every breach of what was promised: one end and
 * nothing after it, pieces in order without a gap or a repetition, all of one run of one attempt, and a whole text at the
 * end that begins with all that was shown. The pieces must be {@link Mark}s.
 *
 * <p>Two things look like breaches and are none. The text at the end may say more than was shown: when a worker dies after
 * the end, while the client is away, the gateway has the whole text, and the last pieces are gone. And the number of the
 * attempt may go back as long as nothing is shown: a client that comes back after a restart, before a worker has accepted
 * the new attempt, has no worker to name, and may reach a gateway that still knows the attempt before.
 */
public final class Judge {

    private final History history;
    private final List<Breach> breaches = new ArrayList<>();
    private final StringBuilder shown = new StringBuilder();

    private int attempt;
    private @Nullable WorkerId worker;
    private int nextSeq;
    private int nextNumber;
    private int whole;
    private @Nullable String maker;
    private boolean ended;
    private @Nullable ErrorCode error;
    private boolean troubled;

    private Judge(History history) {
        this.history = history;
    }

    /** The judgement of a history that is complete: what has not ended by now is lost. */
    public static Judgement of(History history) {
        return new Judge(history).judge();
    }

    private Judgement judge() {
        for (History.Entry entry : history.entries()) {
            switch (entry.event()) {
                case History.Event.Sent sent -> {}
                case History.Event.Lost lost -> troubled = true;
                case History.Event.Heard heard -> hear(heard.message());
            }
        }
        if (!ended) {
            breach(Kind.LOST, "it never ended");
        }
        List<String> trace = breaches.isEmpty() && error == null ? List.of() : history.lines();
        return new Judgement(history.guid(), breaches, error, troubled, trace);
    }

    private void breach(Kind kind, String detail) {
        breaches.add(new Breach(kind, detail));
    }

    private void hear(ServerMessage message) {
        if (ended) {
            breach(Kind.TWICE, message + " after the end");
            return;
        }
        switch (message) {
            case ServerMessage.Accepted accepted -> accepted(accepted);
            case ServerMessage.Restart restart -> restart(restart);
            case ServerMessage.Chunk chunk -> {
                inOrder(chunk.seq());
                String text = chunk.text() == null ? "" : chunk.text();
                shown.append(text);
                read(text);
            }
            case ServerMessage.Progress progress -> inOrder(progress.seq());
            case ServerMessage.Result result -> result(result);
            case ServerMessage.Failure failure -> {
                ended = true;
                error = failure.code();
            }
            case ServerMessage.Ack m -> {}
            case ServerMessage.Queued m -> {}
            case ServerMessage.Welcome m -> {}
            case ServerMessage.Realm m -> {}
            case ServerMessage.Operations m -> {}
            case ServerMessage.Notice m -> {}
            case ServerMessage.Ping m -> {}
            case ServerMessage.Pong m -> {}
        }
    }

    private void accepted(ServerMessage.Accepted accepted) {
        if (accepted.attempt() < attempt && nextSeq > 0) {
            breach(Kind.STALE, "attempt " + accepted.attempt() + " after attempt " + attempt);
        }
        boolean other = accepted.attempt() != attempt || !accepted.workerId().equals(worker);
        if (nextSeq > 0 && worker != null && other) {
            breach(Kind.MIXED, accepted.workerId() + " took over from " + worker + " without a restart");
        }
        attempt = accepted.attempt();
        worker = accepted.workerId();
    }

    private void restart(ServerMessage.Restart restart) {
        if (restart.attempt() <= attempt) {
            breach(Kind.STALE, "restart as attempt " + restart.attempt() + " after attempt " + attempt);
        }
        troubled = true;
        attempt = restart.attempt();
        worker = null;
        nextSeq = 0;
        nextNumber = 0;
        maker = null;
        shown.setLength(0);
    }

    private void inOrder(int seq) {
        note(seq, nextSeq, "piece ");
        nextSeq = Math.max(nextSeq, seq + 1);
    }

    private void note(int came, int due, String what) {
        if (came < due) {
            breach(Kind.TWICE, what + came + " came again");
        } else if (came > due) {
            breach(Kind.GAP, what + came + " came where " + due + " was due");
        }
    }

    private void read(String text) {
        try {
            Mark.readAll(text).forEach(this::read);
        } catch (IllegalArgumentException e) {
            breach(Kind.GAP, "a text that cannot be read: " + e.getMessage());
        }
    }

    private void read(Mark mark) {
        if (!mark.guid().equals(history.guid())) {
            breach(Kind.MIXED, "a piece of the intent " + mark.guid());
        }
        if (maker != null && !maker.equals(mark.maker())) {
            breach(Kind.MIXED, "a piece of run " + mark.maker() + " among those of run " + maker);
        } else if (worker != null && !mark.isOf(worker)) {
            breach(Kind.MIXED, "a piece of " + mark.worker() + ", which did not accept it");
        }
        maker = mark.maker();
        whole = mark.of();
        note(mark.number(), nextNumber, "mark ");
        nextNumber = Math.max(nextNumber, mark.number() + 1);
    }

    private void result(ServerMessage.Result result) {
        ended = true;
        String text = result.resultText();
        if (history.streamed() && !text.startsWith(shown.toString())) {
            breach(Kind.UNLIKE, "the result is not what was shown: " + text + " / " + shown);
        } else if (worker != null && history.streamed() && !worker.equals(result.workerId())) {
            breach(Kind.MIXED, "the result of " + result.workerId() + " to the pieces of " + worker);
        } else {
            worker = result.workerId();
            read(text.substring(shown.length()));
            if (nextNumber < whole) {
                breach(Kind.GAP, "it ended after " + nextNumber + " of " + whole);
            }
        }
    }
}
