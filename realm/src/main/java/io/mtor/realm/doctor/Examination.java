// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.doctor;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is asked of a machine that is to run a realm. */
final class Examination {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LITTLE_MEMORY = 512L << 20;

    private final int port;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Examination(int port) {
        this.port = port;
    }

    List<Finding> findings() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("Java", Runtime.version() + " at " + System.getProperty("java.home")));
        findings.add(memory());
        findings.add(temporaryFiles());
        findings.add(port());
        findings.add(server("Ollama", "http://127.0.0.1:11434/api/version"));
        findings.add(server("llama.cpp", "http://127.0.0.1:8080/props"));
        findings.add(program("espeak-ng", "speak"));
        findings.add(program("tesseract", "read the text in pictures"));
        return findings;
    }

    private static Finding memory() {
        long max = Runtime.getRuntime().maxMemory();
        String what = (max >> 20) + " MiB may be used by a realm";
        return max < LITTLE_MEMORY
                ? Finding.missing("memory", what, "512 MiB are comfortable; set -Xmx by MTOR_JAVA_OPTS")
                : Finding.good("memory", what);
    }

    private static Finding temporaryFiles() {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        return Files.isWritable(directory)
                ? Finding.good("temporary files", directory + " can be written")
                : Finding.bad("temporary files", directory + " cannot be written", "name another by TMPDIR");
    }

    private Finding port() throws InterruptedException {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.good("port " + port, "is free");
        } catch (IOException e) {
            return isMtor()
                    ? Finding.good("port " + port, "a realm answers here already: http://localhost:" + port)
                    : Finding.bad(
                            "port " + port,
                            "is in use by another program",
                            "choose another: mtor up --port " + (port + 1));
        }
    }

    private boolean isMtor() throws InterruptedException {
        return get("http://127.0.0.1:" + port + "/livez").equals("live\n");
    }

    private Finding server(String name, String url) throws InterruptedException {
        String body = get(url);
        return body.startsWith("{")
                ? Finding.good(name, "answers at " + URI.create(url).getAuthority())
                : Finding.missing(
                        name,
                        "does not answer at " + URI.create(url).getAuthority(),
                        "start it and it is found within seconds; without any, the built-in demo answers");
    }

    private String get(String url) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    private static Finding program(String name, String purpose) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> Finding.good(name, "is at " + found))
                .orElseGet(() -> Finding.missing(
                        name,
                        "is not installed",
                        "install it and this machine can " + purpose + "; not needed otherwise"));
    }
}
