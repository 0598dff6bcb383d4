// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.speech.Wav;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program. Its three pipes are served by virtual threads of their own, which only read and write; whatever
 * they learn is handed to the worker's event loop.
 */
final class CommandRun implements Run {

    private static final int CHUNK = 8 * 1024;

    private static final int MAX_ERROR_CHARS = 300;

    private final Vertx vertx;

    private final Context context;

    private final CommandServer.Shape shape;

    private final ChunkSink sink;

    private final Gate gate = new Gate();

    private final AtomicReference<@Nullable Process> process = new AtomicReference<>();

    private long timer = -1;

    /** Read by the threads, written by the event loop. */
    private volatile boolean over;

    CommandRun(Vertx vertx, CommandServer.Shape shape, ChunkSink sink) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.shape = shape;
        this.sink = sink;
    }

    void begin(List<String> argv, byte[] input) {
        timer = vertx.setTimer(shape.timeoutMillis(), id -> {
            kill();
            String message = "the program took longer than " + shape.timeoutMillis() / 1000 + " s";
            end(() -> sink.failed(Cause.FAILED, message));
        });
        Thread.ofVirtual().name("command").start(() -> run(argv, input));
    }

    /** On the event loop: the one end, unless there has been one. */
    void end(Runnable terminal) {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            terminal.run();
        }
    }

    private void tell(Runnable news) {
        context.runOnContext(go -> {
            if (!over) {
                news.run();
            }
        });
    }

    private void run(List<String> argv, byte[] input) {
        try {
            Process started = new ProcessBuilder(argv).start();
            process.set(started);
            if (over) {
                kill();
                return;
            }
            Thread.ofVirtual().start(() -> write(started.getOutputStream(), input));
            var complaint = new AtomicReference<>("");
            Thread errors = Thread.ofVirtual().start(() -> complaint.set(firstLine(started.getErrorStream())));
            boolean small = shape.writesText() ? readText(started) : readMedium(started);
            int code = small ? started.waitFor() : 0;
            errors.join();
            finish(small, code, String.valueOf(complaint.get()));
        } catch (IOException e) {
            tell(() -> end(() -> sink.failed(Cause.GONE, "the program cannot be started")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(boolean small, int code, String complaint) {
        tell(() -> end(() -> {
            if (!small) {
                sink.failed(Cause.FAILED, "the program wrote more than " + shape.maxOutputBytes() + " bytes");
            } else if (code == 0) {
                sink.completed(null, null);
            } else {
                sink.failed(Cause.FAILED, complaint.isEmpty() ? "the program ended with code " + code : complaint);
            }
        }));
    }

    private static void write(OutputStream stdin, byte[] input) {
        try (stdin) {
            stdin.write(input);
        } catch (IOException theProgramReadsNoMore) {
            // It may have read enough; its exit code tells.
        }
    }

    private boolean readText(Process started) throws IOException {
        try (Reader reader = new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8)) {
            var buffer = new char[CHUNK];
            for (int n = reader.read(buffer); n >= 0 && !over; n = reader.read(buffer)) {
                var text = new String(buffer, 0, n);
                tell(() -> sink.text(text));
                gate.pass();
            }
        } catch (IOException e) {
            ignoreIfOver(e);
        }
        return true;
    }

    private boolean readMedium(Process started) throws IOException {
        var all = new ByteArrayOutputStream();
        try (InputStream in = started.getInputStream()) {
            var buffer = new byte[CHUNK];
            for (int n = in.read(buffer); n >= 0 && !over; n = in.read(buffer)) {
                all.write(buffer, 0, n);
                if (all.size() > shape.maxOutputBytes()) {
                    kill();
                    return false;
                }
            }
        } catch (IOException e) {
            ignoreIfOver(e);
        }
        if (all.size() > 0) {
            var medium = Media.whole(shape.output(), Bytes.of(Wav.repaired(all.toByteArray())));
            tell(() -> sink.medium(medium));
        }
        return true;
    }

    /** A killed program's pipes break; that is no news. */
    private void ignoreIfOver(IOException e) throws IOException {
        if (!over) {
            throw e;
        }
    }

    /** The first line of its complaints; the rest is read and dropped, so that the program never waits for us. */
    private static String firstLine(InputStream stderr) {
        try (var reader = new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            boolean first = true;
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                first = first && (c != '\n' || line.isEmpty());
                if (first && line.length() < MAX_ERROR_CHARS && c != '\n') {
                    line.append((char) c);
                }
            }
            return line.toString().strip();
        } catch (IOException | UncheckedIOException broken) {
            return "";
        }
    }

    private void kill() {
        Process started = process.get();
        if (started != null) {
            // Its children first: they would live on, and hold its pipes open.
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
        }
    }

    @Override
    public void cancel() {
        end(() -> {});
        gate.open();
        kill();
    }

    @Override
    public void pause() {
        gate.close();
    }

    @Override
    public void resume() {
        gate.open();
    }
}
