// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * What the client of one intent has been shown, and whether that is as it must be: the pieces in order, each once, of one
 * run only, void where the client was told so, and one end that agrees with them.
 *
 * <p>Each piece of a simulated model server names the run that made it, up to a colon. So pieces of two runs cannot look
 * like one answer.
 */
public final class Visible {

    private final IntentId guid;
    private final boolean streamed;
    private final Judge judge;
    private final StringBuilder shown = new StringBuilder();

    private @Nullable WorkerId worker;
    private int attempt;
    private int next;
    private String run = "";
    private int ends;
    private boolean shortened;
    private boolean inLine;
    private @Nullable ErrorCode error;

    public Visible(IntentId guid, boolean streamed, Judge judge) {
        this.guid = guid;
        this.streamed = streamed;
        this.judge = judge;
    }

    /** Who has it, as far as the client was told. */
    public @Nullable WorkerId worker() {
        return worker;
    }

    public int attempt() {
        return attempt;
    }

    /** The last piece shown whole; -1 if none. */
    public int seen() {
        return next - 1;
    }

    public boolean hasEnded() {
        return ends > 0;
    }

    /** Null if it ended in a result. */
    public @Nullable ErrorCode error() {
        return error;
    }

    /** True if the end came with the whole text before all pieces of it had been shown. */
    public boolean isShortened() {
        return shortened;
    }

    /** True if the client was told that others are before it. */
    public boolean wasInLine() {
        return inLine;
    }

    /** What was shown is forgotten: the client comes back without saying what it has. */
    public void forget() {
        next = 0;
        run = "";
        shown.setLength(0);
    }

    public void hear(ServerMessage message) {
        if (ends > 0) {
            complain(message.isTerminal() ? Law.ENDED_TWICE : Law.ORDER, "after the end came " + message);
        }
        switch (message) {
            case ServerMessage.Accepted accepted -> accepted(accepted);
            case ServerMessage.Restart restart -> restarted(restart);
            case ServerMessage.Chunk chunk -> chunk(chunk);
            case ServerMessage.Progress progress -> step(progress.seq());
            case ServerMessage.Result result -> result(result);
            case ServerMessage.Failure failure -> {
                ends++;
                error = failure.code();
            }
            case ServerMessage.Ack m -> {}
            case ServerMessage.Queued m -> inLine |= m.position() != null;
            case ServerMessage.Welcome m -> {}
            case ServerMessage.Realm m -> {}
            case ServerMessage.Operations m -> {}
            case ServerMessage.Notice m -> {}
            case ServerMessage.Ping m -> {}
            case ServerMessage.Pong m -> {}
        }
    }

    private void accepted(ServerMessage.Accepted accepted) {
        if (next > 0 && accepted.attempt() != attempt) {
            complain(Law.ATTEMPT, "attempt " + accepted.attempt() + " follows " + attempt + " without a restart");
        }
        worker = accepted.workerId();
        attempt = accepted.attempt();
    }

    private void restarted(ServerMessage.Restart restart) {
        if (restart.attempt() <= attempt) {
            complain(Law.ATTEMPT, "a restart from attempt " + attempt + " to " + restart.attempt());
        }
        attempt = restart.attempt();
        forget();
    }

    private void chunk(ServerMessage.Chunk chunk) {
        String text = chunk.text();
        if (text == null) {
            inOrder(chunk.seq());
        } else {
            step(chunk.seq());
            ofOneRun(text);
            shown.append(text);
        }
    }

    private void step(int seq) {
        inOrder(seq);
        next = seq + 1;
    }

    private void inOrder(int seq) {
        if (seq != next) {
            complain(Law.ORDER, "piece " + seq + " where " + next + " was next");
        }
    }

    /** The medium of the last chunk has come whole: {@code by} names the run that made it. */
    public void medium(String by) {
        ofOneRun(by);
        next++;
    }

    private void ofOneRun(String text) {
        String by = text.substring(0, text.indexOf(':'));
        if (run.isEmpty()) {
            run = by;
        } else if (!run.equals(by)) {
            complain(Law.MIXED, "a piece of run " + by + " beside those of " + run);
        }
    }

    private void result(ServerMessage.Result result) {
        ends++;
        if (!streamed) {
            return;
        }
        String whole = result.resultText();
        shortened = shown.length() < whole.length();
        if (!whole.startsWith(shown.toString())) {
            complain(Law.DIFFERENT, "shown was \"" + shown + "\" but the result is \"" + whole + '"');
        }
    }

    private void complain(Law law, String what) {
        judge.complain(law, guid.value(), what);
    }
}
