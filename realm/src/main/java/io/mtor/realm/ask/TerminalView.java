// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.realm.client.core.Link;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The answer on standard output as it comes; on standard error, what happens meanwhile. */
final class TerminalView implements AskView {

    /** Set by {@code ./mtor}: Java before 22 cannot tell whether standard error is a terminal. */
    private static final boolean IS_TERMINAL = Boolean.getBoolean("mtor.terminal");

    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private final PrintStream out;
    private final PrintStream err;
    private final MediaFiles files;
    private int turn;
    private String status = "";
    private boolean textBegun;
    private boolean inLine;
    private boolean statusShown;
    private boolean isLost;

    TerminalView(PrintStream out, PrintStream err, @Nullable Path file) {
        this.out = out;
        this.err = err;
        this.files = new MediaFiles(file);
    }

    @Override
    public void onMessage(ServerMessage message) {
        switch (message) {
            case ServerMessage.Ack ack -> status("understood as " + ack.queryType());
            case ServerMessage.Queued queued -> status("waiting" + position(queued));
            case ServerMessage.Accepted accepted -> status("with " + accepted.workerId());
            case ServerMessage.Progress progress -> status(progress.done() + " of " + progress.of());
            case ServerMessage.Chunk chunk -> {
                if (chunk.text() != null) {
                    clearStatus();
                    textBegun = true;
                    print(chunk.text());
                    out.flush();
                }
            }
            case ServerMessage.Restart restart -> {
                line("-- " + restart.reason() + "; another worker begins again --");
                textBegun = false;
            }
            case ServerMessage.Result result -> {
                clearStatus();
                if (!textBegun && !result.resultText().isEmpty()) {
                    print(result.resultText());
                }
                endLine();
                err.println(summary(result));
            }
            case ServerMessage.Failure failure ->
                line("mtor ask: " + failure.code().code() + ": " + failure.message());
            case ServerMessage.Notice notice -> line(notice.message());
            case ServerMessage.Welcome welcome -> {}
            case ServerMessage.Realm realm -> {}
            case ServerMessage.Operations operations -> {}
            case ServerMessage.Ping ping -> {}
            case ServerMessage.Pong pong -> {}
        }
    }

    @Override
    public void onLink(Link link) {
        switch (link) {
            case Link.Up up -> {
                if (isLost) {
                    aside("-- connected to " + up.gateway() + " --");
                }
                isLost = false;
            }
            case Link.Lost lost -> {
                isLost = true;
                aside("-- connection lost, reconnecting (" + lost.why() + ") --");
            }
            case Link.GaveUp gaveUp -> {}
        }
    }

    @Override
    public void onMedia(Media media) {
        clearStatus();
        endLine();
        out.println(files.write(media));
    }

    private void print(String text) {
        out.print(text);
        inLine = !text.isEmpty() ? !text.endsWith("\n") : inLine;
    }

    /** What follows begins a line of its own. */
    private void endLine() {
        if (inLine) {
            out.println();
            inLine = false;
        }
    }

    private static String position(ServerMessage.Queued queued) {
        if (queued.position() == null) {
            return "";
        }
        String place = queued.position() == 1 ? ", next in line" : ", " + queued.position() + " in line";
        return queued.etaMs() == null ? place : place + ", about " + Math.max(1, queued.etaMs() / 1_000) + " s";
    }

    private static String summary(ServerMessage.Result result) {
        var text = new StringBuilder("-- by ").append(result.workerId());
        if (result.model() != null) {
            text.append(" (").append(result.model()).append(')');
        }
        if (Boolean.TRUE.equals(result.synthetic())) {
            text.append(", the built-in demo");
        }
        if (result.timing().workMs() != null) {
            text.append(", ").append(result.timing().workMs()).append(" ms of work");
        }
        return text.append(" --").toString();
    }

    /** A line that the next one replaces; only where somebody watches. */
    private void status(String text) {
        status = text;
        statusShown = IS_TERMINAL;
        tick();
    }

    @Override
    public void tick() {
        if (statusShown) {
            err.print("\r\u001b[K" + SPINNER.charAt(turn++ % SPINNER.length()) + " " + status);
            err.flush();
        }
    }

    private void clearStatus() {
        if (statusShown) {
            err.print("\r\u001b[K");
            err.flush();
            statusShown = false;
        }
    }

    private void line(String text) {
        clearStatus();
        endLine();
        err.println(text);
    }

    /** Says something in mid-answer, which goes on afterwards where it was: standard output gets nothing of it. */
    private void aside(String text) {
        clearStatus();
        if (inLine && IS_TERMINAL) {
            err.println();
        }
        err.println(text);
    }

    @Override
    public void close() {
        clearStatus();
        out.flush();
    }
}
