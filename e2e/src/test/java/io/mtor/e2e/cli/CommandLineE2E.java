// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mtor up} and what surrounds it, as processes. */
class CommandLineE2E {

    private static final Pattern READY = Pattern.compile("MTOR is ready: (http://localhost:\\d+)");

    @Test
    void upSaysReadyWhenItIs() throws IOException, InterruptedException {
        try (var up = up()) {
            URI uri = ready(up);

            var readiness = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri.resolve("/readyz")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(readiness.statusCode()).isEqualTo(200);
            try (var user = new TestUser("ada", uri)) {
                assertThat(user.ask("chat", "hello").result().resultText()).contains("Your realm is alive.");
            }
            assertThat(up.terminate().end().code()).isZero();
            assertThat(up.out().lines()).as("nothing else on standard output").hasSize(1);
        }
    }

    @Test
    void whatIsOpenIsAnsweredBeforeItStops() {
        Path config = TestRealm.write("""
                [[agent.simulated]]
                query_type = "chat"
                work = "3s"
                """);
        try (var up = up("--agent.worker.demo", "false", "--config", config.toString());
                var user = new TestUser("ada", ready(up))) {
            var asked = user.ask("chat", "take your time");
            asked.first(ServerMessage.Accepted.class);

            up.terminate();

            assertThat(asked.result().resultText()).hasSize(8 * 16);
            assertThat(up.end().code()).isZero();
        }
    }

    @Test
    void aPortInUseIsOneSentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var up = Program.mtor(
                        "up", "--port", String.valueOf(taken.getLocalPort()), "--agent.discovery.on", "false")) {
            Program.Outcome end = up.end();

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.out()).isEmpty();
            assertThat(sentences(end.err()))
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1")
                    .contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void everyErrorOfTheConfigurationIsListedAtOnce() {
        Path file = TestRealm.write("""
                [gateway]
                prot = 8080
                drain = "soon"
                """);
        try (var up = Program.mtor("up", "--port", "99999", "--no-such-flag", "--config", file.toString())) {
            Program.Outcome end = up.end();

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.out()).isEmpty();
            assertThat(end.err())
                    .contains("4 errors")
                    .contains("gateway.prot")
                    .contains("gateway.drain")
                    .contains("99999")
                    .contains("--no-such-flag")
                    .contains("See mtor up --help.");
        }
    }

    @Test
    void theConfigurationInForceCanBeShown() {
        try (var up = Program.mtor("up", "--show-config", "--port", "9090")) {
            Program.Outcome end = up.end();

            assertThat(end.code()).isZero();
            assertThat(end.out()).contains("9090").contains("flag --port").contains("drain");
            assertThat(end.err()).isEmpty();
        }
    }

    @Test
    void helpNamesTheCommands() {
        try (var help = Program.mtor("--help")) {
            assertThat(help.end().out())
                    .contains("up")
                    .contains("cluster")
                    .contains("ask")
                    .contains("doctor");
        }
        try (var help = Program.mtor("up", "--help")) {
            assertThat(help.end().out()).contains("--port").contains("--gateway.drain");
        }
    }

    @Test
    void theDoctorSaysWhatItSees() {
        try (var doctor = Program.mtor("doctor")) {
            Program.Outcome end = doctor.end();

            assertThat(end.out()).contains("Java").contains("memory").contains("port");
            assertThat(end.code()).isIn(0, 1);
            assertThat(end.err()).isEmpty();
        }
    }

    @Test
    void anOldJavaSaysWhichOneIsNeeded() throws IOException {
        Optional<Path> old = oldJava();
        assumeTrue(old.isPresent(), "no Java 17 in /usr/lib/jvm to be refused");
        try (var up = Program.java(old.orElseThrow(), "up")) {
            Program.Outcome end = up.end();

            assertThat(end.code()).isEqualTo(1);
            assertThat(sentences(end.err())).singleElement().asString().contains("MTOR needs Java 21 or newer");
        }
    }

    @Test
    void withoutAJdkTheScriptSaysWhatToInstall() {
        // In a namespace of its own, /usr/lib/jvm can be hidden from the script and from nobody else.
        List<String> hidden = List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "bash",
                "-c",
                "mount -t tmpfs none /usr/lib/jvm || exit 77; exec env -i PATH=/usr/bin:/bin HOME=/nonexistent ./mtor up");
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/jvm")) && Files.isExecutable(Path.of("/usr/bin/unshare")));
        try (var script = Program.start(hidden, Map.of())) {
            Program.Outcome end = script.end();
            assumeTrue(end.code() != 77 && !end.err().contains("unshare"), "no namespaces here: " + end.err());

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.err())
                    .contains("no JDK of release 21 or newer was found")
                    .contains("apt-get install")
                    .contains("JAVA_HOME=");
        }
    }

    @Test
    void theScriptNamesItsCommandsAndRefusesOthers() {
        try (var script = Program.start(List.of("./mtor", "dance"), Map.of())) {
            Program.Outcome end = script.end();

            assertThat(end.code()).isEqualTo(2);
            assertThat(end.err()).contains("there is no command 'dance'").contains("doctor");
        }
    }

    private static Program up(String... more) {
        return Program.mtor(
                Stream.concat(Stream.of("up", "--port", "0", "--agent.discovery.on", "false"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static URI ready(Program up) {
        Matcher line =
                READY.matcher(up.awaitOut("MTOR is ready: ").awaitOut("\n").out());
        assertThat(line.find()).isTrue();
        return URI.create(line.group(1));
    }

    private static Optional<Path> oldJava() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            return all.filter(home -> home.toString().contains("17") && Files.isExecutable(home.resolve("bin/java")))
                    .findFirst();
        }
    }

    /** What is said for people, without the log. */
    private static List<String> sentences(String err) {
        return err.lines()
                .filter(line -> !line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d+ .*"))
                .toList();
    }
}
