// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.cluster.Owner;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.realm.MtorMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A realm as processes of their own, started as people do, by the fat jar; with the means to do them harm. */
public final class TestCluster implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long STOP_SECONDS = 60;

    /** From this release on, Java writes a warning for each library that still uses {@code Unsafe}. */
    private static final int UNSAFE_WARNS = 24;

    private final Path config;
    private final List<Process> launchers = new CopyOnWriteArrayList<>();
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final Map<Long, Integer> ended = new ConcurrentHashMap<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private volatile String member = "";

    /** One process: what it is, where it answers, where it writes. */
    public record Part(String role, long pid, int port, String member, Path log) {

        public URI uri() {
            return URI.create("http://127.0.0.1:" + port);
        }

        public boolean isAlive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }

        /** True if this process has written the word, such as the id of a worker that it hosts. */
        public boolean wrote(String word) {
            return text().contains(word);
        }

        /** The first of what it wrote that looks like this. */
        public String firstMatch(Pattern pattern) {
            Matcher matcher = pattern.matcher(text());
            if (!matcher.find()) {
                throw new AssertionError(this + " wrote no " + pattern);
            }
            return matcher.group();
        }

        /** The letter of its state as Linux tells it: T for stopped. */
        char state() {
            try {
                String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
                return stat.charAt(stat.lastIndexOf(')') + 2);
            } catch (IOException e) {
                return 'X';
            }
        }

        private String text() {
            return read(log);
        }
    }

    private TestCluster(Path config) {
        this.config = config;
    }

    /** Starts one; the TOML text is a realm's configuration file, the flags those of {@code mtor cluster}. */
    public static TestCluster start(String toml, String... flags) {
        var cluster = new TestCluster(TestRealm.write(toml));
        try {
            cluster.launch(List.of(flags));
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Makes sure that so many of a kind are there, by starting what lacks. */
    public void ensure(String role, int count) {
        int missing = count - alive(role).size();
        if (missing > 0) {
            launch(List.of("--join", founder(), "--" + role + "s", String.valueOf(missing)));
        }
    }

    private String founder() {
        return parts.stream()
                .filter(Part::isAlive)
                .findFirst()
                .map(Part::member)
                .orElse(member);
    }

    private void launch(List<String> flags) {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-D" + Owner.PROPERTY + "=true", "-jar", jar().toString(), "cluster"));
        command.addAll(List.of("--json", "--port", "0", "--config", config.toString()));
        command.addAll(flags);
        try {
            Process launcher = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            launchers.add(launcher);
            var ready = new CopyOnWriteArrayList<String>();
            Thread.ofVirtual().start(() -> listen(launcher, ready));
            Await.until("a cluster", START_LIMIT, () -> !ready.isEmpty() || !launcher.isAlive());
            if (ready.isEmpty()) {
                throw new AssertionError("mtor cluster ended with code " + launcher.exitValue() + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(Process launcher, List<String> ready) {
        try (BufferedReader lines = launcher.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                said.add(line);
                JsonNode told = ProtocolJson.MAPPER.readTree(line);
                if (told.has("ready")) {
                    ready.add(line);
                } else if (told.has("ended")) {
                    ended.put(told.get("pid").asLong(), told.get("ended").asInt());
                } else {
                    parts.add(new Part(
                            told.get("role").asText(),
                            told.get("pid").asLong(),
                            told.get("port").asInt(),
                            told.get("member").asText(),
                            Path.of(told.get("log").asText())));
                }
            }
        } catch (IOException e) {
            said.add("unreadable: " + e);
        }
    }

    /** A small JVM, as quiet as {@code ./mtor} makes it. */
    static List<String> java() {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            java.add("--sun-misc-unsafe-memory-access=allow");
        }
        return java;
    }

    /** The jar that people start. */
    public static Path jar() {
        String given = System.getProperty("mtor.jar");
        if (given != null) {
            return Path.of(given);
        }
        try {
            Path here = Path.of(MtorMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path fat = here.resolveSibling("mtor-realm-0.1.0-fat.jar");
            if (!Files.exists(fat)) {
                throw new AssertionError("there is no " + fat + "; ./mtor build makes it");
            }
            return fat;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Those of a kind that are alive. */
    public List<Part> alive(String role) {
        return parts.stream()
                .filter(part -> part.role().equals(role) && part.isAlive())
                .toList();
    }

    /** The living process that wrote the word. */
    public Part withLog(String role, String word) {
        return alive(role).stream()
                .filter(part -> part.wrote(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + role + " wrote " + word));
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill(Part part) {
        ProcessHandle.of(part.pid()).ifPresent(ProcessHandle::destroyForcibly);
        Await.until(part + " to be gone", () -> !part.isAlive());
    }

    /** SIGTERM. */
    public void terminate(Part part) {
        ProcessHandle.of(part.pid()).ifPresent(ProcessHandle::destroy);
    }

    /** SIGSTOP; returns when it stands still. */
    public void freeze(Part part) {
        signal("STOP", part);
        Await.until(part + " to stand still", () -> part.state() == 'T');
    }

    /** SIGCONT; returns when it goes on. */
    public void thaw(Part part) {
        signal("CONT", part);
        Await.until(part + " to go on", () -> part.state() != 'T');
    }

    private static void signal(String name, Part part) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(part.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code kill -9} of what started them all; returns the processes that have lost their owner. */
    public List<Part> killLauncher() {
        launchers.forEach(Process::destroyForcibly);
        return List.copyOf(parts);
    }

    /** Tells what started them to stop, and returns its exit code. */
    public int stop() {
        Process launcher = launchers.get(0);
        launcher.destroy();
        Await.until("the cluster to stop", () -> !launcher.isAlive());
        return launcher.exitValue();
    }

    /** All processes, in the order in which they became ready. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Waits until it has ended, and returns its exit code. */
    public int exitCode(Part part) {
        Await.until(part + " to end", () -> ended.containsKey(part.pid()));
        return ended.getOrDefault(part.pid(), -1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all of it, by force what does not go by itself. */
    @Override
    public void close() {
        launchers.forEach(Process::destroy);
        for (Process launcher : launchers) {
            try {
                if (!launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    launcher.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        parts.stream().filter(Part::isAlive).forEach(this::kill);
    }
}
