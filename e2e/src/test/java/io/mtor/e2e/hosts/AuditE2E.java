// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.WorkerBound;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.UserId;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volunteer that lies is caught by audits, gets nothing more and is named; an honest one beside it is not. */
class AuditE2E {

    private static final int MOST = 1_600;

    private static final long WORK_MILLIS = 50;

    /** More than a trusted worker has slots, or volunteers would hardly be given any. */
    private static final int IN_FLIGHT = 8;

    private static final UserId ADA = new UserId("ada");

    private static final String QUESTION = "Why is the sky blue?";

    private static final List<String> HONEST = List.of(
            "Air molecules scatter short wavelengths of sunlight, blue, far more than longer red ones: Rayleigh"
                    + " scattering, from every direction.",
            "Because of Rayleigh scattering: molecules in the atmosphere scatter shorter, blue wavelengths of sunlight"
                    + " more strongly than longer red wavelengths.",
            "Molecules of the atmosphere scatter sunlight; shorter wavelengths scatter more than longer red ones. That is"
                    + " called Rayleigh scattering.");

    private static final String LIE =
            "Bring water to a boil, lower the egg gently with a spoon, cook it ten minutes, cool and"
                    + " peel; serve with pepper.";

    @TempDir
    private Path folder;

    /**
     * Answers honestly in words that change from run to run, and lies so often: by chance, as one that lied by turns would
     * be told questions and intents by turns, and be honest with just the ones.
     */
    private static BiConsumer<Villain, WorkerBound> answering(int liePercent) {
        var random = new Random(7);
        return (villain, told) -> {
            if (told instanceof WorkerBound.Assign assign) {
                boolean lies = random.nextInt(100) < liePercent;
                String answer = lies ? LIE : honest(assign.intent().text(), random.nextInt(HONEST.size()));
                Villain.VERTX.setTimer(WORK_MILLIS, id -> villain.complete(assign, answer));
            }
        };
    }

    /** Speaks what it is told to, or a lie so often; and hears what was spoken. */
    private static BiConsumer<Villain, WorkerBound> speaking(int liePercent) {
        var random = new Random(7);
        return (villain, told) -> {
            if (told instanceof WorkerBound.Assign assign) {
                Intent intent = assign.intent();
                String spoken = random.nextInt(100) < liePercent ? LIE : intent.text();
                Villain.VERTX.setTimer(WORK_MILLIS, id -> {
                    if (intent.queryType().equals(QueryType.TRANSCRIBE)) {
                        Bytes sound = intent.media().getFirst().data();
                        villain.complete(assign, new String(sound.array(), StandardCharsets.UTF_8));
                    } else {
                        villain.complete(assign, "audio/wav", Bytes.of(spoken.getBytes(StandardCharsets.UTF_8)));
                    }
                });
            }
        };
    }

    /** Knows sums and repeats what it is told to, as small models do. */
    private static String honest(String question, int variant) {
        if (question.startsWith("Repeat this")) {
            return question.substring(question.indexOf(':') + 1);
        }
        String[] numbers = question.replaceAll("\\D+", " ").strip().split(" ");
        return numbers.length == 2
                ? String.valueOf(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]))
                : HONEST.get(variant);
    }

    private static ClientMessage.Work forAnybody(ClientMessage.Work work) {
        return HostE2E.with(work, null, Privacy.ANY);
    }

    private String list() {
        return Command.mtor("host", "list", "--book", book()).output();
    }

    private String book() {
        return folder.resolve("hosts").toString();
    }

    private TestRealm realm() {
        return TestRealm.start("", TestHost.gateway("--gateway.hosts.book", book(), "--gateway.audit.canary", "10ms"));
    }

    private static long given(Villain host) {
        return host.heard.stream()
                .filter(each -> each instanceof EdgeMessage.Told(var to, WorkerBound.Assign assign))
                .count();
    }

    /** Asks until the liar is caught, and says how many intents it had been given. */
    private long askUntilCaught(TestUser user, Villain liar, QueryType type) {
        int asked = 0;
        while (asked < MOST && health(user, liar) != ServerMessage.Health.DRAINING) {
            List<TestUser.Asked> together = IntStream.range(0, IN_FLIGHT)
                    .mapToObj(i -> user.ask(type.value(), QUESTION, AuditE2E::forAnybody))
                    .toList();
            together.forEach(TestUser.Asked::result);
            asked += IN_FLIGHT;
        }
        return given(liar);
    }

    private static ServerMessage.Health health(TestUser user, Villain host) {
        return user.realm().workers().stream()
                .filter(worker -> worker.workerId().equals(host.worker))
                .findFirst()
                .orElseThrow()
                .health();
    }

    private void assertCaught(TestUser user, Villain liar, Villain honest, QueryType type) {
        long given = askUntilCaught(user, liar, type);
        assertThat(health(user, liar))
                .as("after " + given + " of its intents, beside " + given(honest))
                .isEqualTo(ServerMessage.Health.DRAINING);
        assertThat(given).isLessThan(200);
        Await.until("the list to name it", () -> list().contains(liar.mark() + "  caught"));
        assertThat(list())
                .containsPattern(liar.mark() + " +caught +\\S+ +a test, audits: \\d+ of \\d+ answers differed");
        assertThat(list()).doesNotContain(honest.mark() + "  caught");
        given = given(liar);
        for (int i = 0; i < 30; i++) {
            user.ask(type.value(), QUESTION, AuditE2E::forAnybody).result();
        }
        assertThat(given(liar)).as("nothing more").isEqualTo(given);
        System.out.printf("caught after %d of its intents; the honest volunteer had %d%n", given, given(honest));

        assertThat(Command.mtor("host", "approve", liar.mark(), "--book", book())
                        .exitCode())
                .isZero();
        Await.until("it to be given work again", () -> health(user, liar) == ServerMessage.Health.HEALTHY);
    }

    @Test
    void aLiarIsCaughtByWhatTrustedWorkersAnswer() {
        try (var realm = realm();
                var user = new TestUser(ADA.value(), realm.uri());
                var trusted = new Villain(realm.uri(), Trust.TRUSTED, answering(0)).offering();
                var honest = new Villain(realm.uri(), Trust.VOLUNTEER, answering(0)).offering();
                var liar = new Villain(realm.uri(), Trust.VOLUNTEER, answering(50)).offering()) {
            Await.until("workers", () -> user.realm().workers().size() == 3);
            assertCaught(user, liar, honest, QueryType.CHAT);
            assertThat(given(trusted)).isPositive();
        }
    }

    @Test
    void aLiarIsCaughtByQuestionsWhereNobodyIsTrusted() {
        try (var realm = realm();
                var user = new TestUser(ADA.value(), realm.uri());
                var honest = new Villain(realm.uri(), Trust.VOLUNTEER, answering(0)).offering();
                var liar = new Villain(realm.uri(), Trust.VOLUNTEER, answering(50)).offering()) {
            Await.until("workers", () -> user.realm().workers().size() == 2);
            assertCaught(user, liar, honest, QueryType.CHAT);
        }
    }

    @Test
    void aLiarThatSpeaksIsCaughtByWhatTrustedWorkersHear() {
        try (var realm = realm();
                var user = new TestUser(ADA.value(), realm.uri());
                var trusted = new Villain(realm.uri(), Trust.TRUSTED, speaking(0));
                var honest = new Villain(realm.uri(), Trust.VOLUNTEER, speaking(0));
                var liar = new Villain(realm.uri(), Trust.VOLUNTEER, speaking(50))) {
            trusted.serves = List.of(QueryType.SPEAK, QueryType.TRANSCRIBE);
            honest.serves = List.of(QueryType.SPEAK);
            liar.serves = List.of(QueryType.SPEAK);
            List.of(trusted, honest, liar).forEach(Villain::offering);
            Await.until("workers", () -> user.realm().workers().size() == 3);
            assertCaught(user, liar, honest, QueryType.SPEAK);
        }
    }
}
