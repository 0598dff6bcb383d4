// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.Ports;
import io.mtor.e2e.testing.RestartableRealm;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtor ask} as a process, in a pipe: the answer on standard output, the rest on standard error, honest exit codes. */
class AskE2E {

    private static final String CHAT = """
            [[agent.simulated]]
            query_type = "chat"
            work = "50ms"
            chunks = 3
            """;

    private static final String PIECE = "the realm is bre";
    private static final int PIECES = 80;
    private static final String SLOW = CHAT.replace("50ms", "4s").replace("chunks = 3", "chunks = " + PIECES);

    private static final String COMPLAINT = """
            [[agent.command]]
            name = "complaint"
            query_type = "chat"
            argv = ["sh", "-c", "echo the paint is dry >&2; exit 1"]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theAnswerAloneGoesToStandardOutput() {
        try (var realm = TestRealm.start(CHAT)) {
            Program.Outcome end = ask(realm.uri(), "hello", "there");

            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.out()).isEqualTo("the realm is bre".repeat(3) + "\n");
            assertThat(end.err()).startsWith("-- by ").doesNotContain("\u001b").hasLineCount(1);
        }
    }

    @Test
    void whatNobodyDoesEndsWithOneAndTheReason() {
        try (var realm = TestRealm.start(CHAT)) {
            Program.Outcome end = ask(realm.uri(), "--type", "imagine", "a horse");

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.out()).isEmpty();
            assertThat(end.err())
                    .startsWith("mtor ask: impossible: ")
                    .contains("imagine")
                    .contains("chat")
                    .hasLineCount(1);
        }
    }

    @Test
    void aWorkersComplaintIsHandedOn() {
        try (var realm = TestRealm.start(COMPLAINT)) {
            Program.Outcome end = ask(realm.uri(), "paint");

            assertThat(end.code()).isEqualTo(1);
            assertThat(end.err()).contains("worker-error").contains("the paint is dry");
        }
    }

    @Test
    void wrongUsageEndsWithTwo() {
        try (var nothing = Program.mtor("ask");
                var unknown = Program.mtor("ask", "--bogus", "hi");
                var missing =
                        Program.mtor("ask", "--file", folder.resolve("none.png").toString(), "hi")) {
            assertThat(Stream.of(nothing, unknown, missing).map(Program::end)).allSatisfy(end -> {
                assertThat(end.code()).isEqualTo(2);
                assertThat(end.out()).isEmpty();
                assertThat(end.err())
                        .startsWith("mtor ask: ")
                        .contains("See mtor ask --help.")
                        .hasLineCount(2);
            });
        }
    }

    @Test
    void noGatewayEndsWithThree() {
        var nowhere = URI.create("http://localhost:" + Ports.free());
        Program.Outcome end = ask(nowhere, "anybody?");

        assertThat(end.code()).isEqualTo(3);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .contains(nowhere.toString())
                .contains("Start one with: mtor up")
                .hasLineCount(1);
    }

    @Test
    void everyMessageCanBeALineOfJson() throws IOException {
        try (var realm = TestRealm.start(CHAT)) {
            Program.Outcome end = ask(realm.uri(), "--json", "hello");

            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.err()).isEmpty();
            List<String> types = end.out()
                    .lines()
                    .map(line -> {
                        try {
                            return ProtocolJson.MAPPER
                                    .readTree(line)
                                    .path("type")
                                    .asText();
                        } catch (IOException e) {
                            throw new AssertionError("no JSON: " + line, e);
                        }
                    })
                    .toList();
            assertThat(types).containsSubsequence("ack", "accepted", "chunk", "chunk", "chunk", "result");
        }
    }

    @Test
    void aPictureGoesIntoTheFileThatIsNamed() throws IOException {
        Path picture = folder.resolve("mountain.png");
        try (var realm = TestRealm.withDemo()) {
            Program.Outcome end = ask(realm.uri(), "imagine a neon mountain", "--out", picture.toString());

            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.out().lines().toList()).contains(picture.toString());
            assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G', 13, 10, 26, 10);
            assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(100);
        }
    }

    @Test
    void aPictureCanBeLookedAt() throws IOException {
        Path picture = folder.resolve("red.png");
        var red = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 48; y++) {
                red.setRGB(x, y, 0xCC1122);
            }
        }
        ImageIO.write(red, "png", picture.toFile());
        try (var realm = TestRealm.withDemo()) {
            Program.Outcome end = ask(realm.uri(), "--type", "vision", "--file", picture.toString(), "What is this?");

            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.out()).contains("64").contains("48");
        }
    }

    @Test
    void aPipeThatWaitsStaysQuiet() {
        String slow = CHAT.replace("50ms", "1h");
        try (var realm = TestRealm.start(slow, "--gateway.drain", "0s");
                var other = new TestUser("other", realm.uri())) {
            other.ask("chat", "first come").first(ServerMessage.Accepted.class);
            try (var asking = Program.mtor("ask", "--json", "--url", realm.uri().toString(), "hello")) {
                asking.awaitOut("\"type\":\"queued\"").awaitOut("\"position\":1");

                assertThat(asking.terminate().end().err()).isEmpty();
            }
        }
    }

    @Test
    void aGatewayThatRestartsInMidAnswerIsNoError() {
        try (var realm = RestartableRealm.start(SLOW);
                var asking = Program.mtor("ask", "--url", realm.uri().toString(), "a long story")) {
            asking.awaitOut(PIECE.repeat(3));

            realm.stopGateway();
            asking.awaitErr("connection lost, reconnecting");
            realm.startGateway();

            Program.Outcome end = asking.end();
            assertThat(end.code()).as(end.err()).isZero();
            assertThat(end.out()).isEqualTo(PIECE.repeat(PIECES) + "\n");
            assertThat(end.err().lines()).hasSize(3).noneMatch(line -> line.contains("begins again"));
        }
    }

    @Test
    void noGatewayForTooLongInMidAnswerEndsWithThreeAndNamesThem() {
        var nowhere = URI.create("http://localhost:" + Ports.free());
        try (var realm = RestartableRealm.start(SLOW);
                var asking =
                        Program.mtor("ask", "--patience", "1s", "--url", nowhere + "," + realm.uri(), "a long story")) {
            asking.awaitOut(PIECE.repeat(3));

            realm.stopGateway();

            Program.Outcome end = asking.end();
            assertThat(end.code()).isEqualTo(3);
            assertThat(end.err())
                    .contains("connection lost")
                    .contains("no gateway answers at ")
                    .contains(nowhere + " (connection refused)")
                    .contains(realm.uri() + " (connection refused)");
        }
    }

    private static Program.Outcome ask(URI gateway, String... arguments) {
        var command = Stream.concat(Stream.of("ask", "--url", gateway.toString()), Stream.of(arguments));
        try (var program = Program.mtor(command.toArray(String[]::new))) {
            return program.end();
        }
    }
}
