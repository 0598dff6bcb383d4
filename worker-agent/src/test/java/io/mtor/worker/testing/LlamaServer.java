// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.worker.model.tiny.TinyModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A genuine llama-server with a tiny model of ours, as a child process. */
public final class LlamaServer implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Pattern BUSY = Pattern.compile("\"is_processing\":\\s*true");

    private final Process process;

    private final int port;

    private LlamaServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the program is; without it the test is skipped, loudly, and fails where CI is true. */
    public static Path program() {
        Optional<Path> found = candidates().filter(Files::isExecutable).findFirst();
        if (found.isEmpty()) {
            String how = "llama-server is not installed; run e2e/tools/install-llama-server";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(how);
            }
            System.err.println("SKIPPED: " + how);
            Assumptions.abort(how);
        }
        return found.orElseThrow();
    }

    private static Stream<Path> candidates() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        String tools = System.getenv().getOrDefault("MTOR_TOOLS", cache + "/mtor");
        Stream<Path> onPath = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "llama-server"));
        return Stream.concat(Stream.of(Path.of(tools, "llama-server", "llama-server")), onPath);
    }

    /** Starts one on a free port; it may still be loading when this returns. */
    public static LlamaServer start(Path folder, TinyModel model, int slots) {
        return start(folder, model, slots, freePort());
    }

    /** @param more arguments */
    public static LlamaServer start(Path folder, TinyModel model, int slots, int port, String... more) {
        Path program = program();
        try {
            Path file = folder.resolve("tiny.gguf");
            model.writeTo(file);
            List<String> command = new ArrayList<>(List.of(program.toString(), "--model", file.toString()));
            command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port), "--slots"));
            command.addAll(List.of("--parallel", String.valueOf(slots), "--threads", "1", "--ctx-size", "8192"));
            command.addAll(List.of(more));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("llama-server.log").toFile())
                    .start();
            return new LlamaServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public LlamaServer awaitReady() {
        Await.until("llama-server to load its model", () -> get("/health").contains("\"ok\""));
        return this;
    }

    /** How many of its slots work now, by its own account. */
    public long busySlots() {
        return BUSY.matcher(get("/slots")).results().count();
    }

    private String get(String path) {
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri().resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Kills it, as a crash would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
