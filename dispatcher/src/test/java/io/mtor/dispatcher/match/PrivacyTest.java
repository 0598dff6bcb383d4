// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Sent;
import io.mtor.dispatcher.testing.Stage;
import io.mtor.dispatcher.testing.Workers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A volunteer sees only what everybody may see. */
class PrivacyTest {

    private static final long SEED = Long.getLong("mtor.seed", new Random().nextLong());
    private static final int INTENTS = 100_000;
    private static final int WORKERS = 12;
    private static final MatchRules SHORT_LINE =
            new MatchRules(new LineLimits(100, 100, 100, Size.parse("1MiB")), Patience.DEFAULT, Caution.DEFAULT);

    private static WorkerAnnouncement worker(String id, long incarnation, Trust trust, String... serves) {
        WorkerAnnouncement said = Workers.announcement(id, incarnation, new Load(2, 0, false), Workers.offers(serves));
        return new WorkerAnnouncement(
                said.worker(),
                said.node(),
                said.incarnation(),
                said.name(),
                said.version(),
                said.serves(),
                said.load(),
                said.synthetic(),
                trust);
    }

    private static Place of(Privacy privacy, Intents intent) {
        Place place = intent.place();
        Intent what = place.intent();
        var secret = new Intent(
                what.key(),
                what.queryType(),
                what.text(),
                what.model(),
                what.conversation(),
                what.media(),
                what.parameters(),
                what.priority(),
                privacy,
                what.detach(),
                null);
        return new Place(secret, place.gateway(), place.attempt(), place.excluded(), place.ttlMillis());
    }

    @Test
    void shouldLeaveWhatIsForTrustedWorkersToThem() {
        var stage = new Stage();
        stage.hear(worker("free-volunteer", 1, Trust.VOLUNTEER, "chat"));
        stage.hear(worker("friend", 1, Trust.TRUSTED, "chat"));

        for (int i = 1; i <= 3; i++) {
            stage.matchmaker().receive(of(Privacy.TRUSTED, Intents.chat(i)), stage.now());
        }

        assertThat(stage.sent()).containsExactly("1 -> friend", "2 -> friend");
    }

    @Test
    void shouldLetVolunteersDoWhatEverybodyMaySee() {
        var stage = new Stage();
        stage.hear(worker("volunteer", 1, Trust.VOLUNTEER, "chat"));

        stage.matchmaker().receive(of(Privacy.ANY, Intents.chat(1)), stage.now());

        assertThat(stage.sent()).containsExactly("1 -> volunteer");
    }

    @Test
    void shouldSayThatOnlyVolunteersServeIt() {
        var stage = new Stage();
        stage.hear(worker("volunteer", 1, Trust.VOLUNTEER, "chat:llama", "speak"));
        stage.hear(worker("own", 1, Trust.OWN, "vision"));

        stage.matchmaker().receive(of(Privacy.TRUSTED, Intents.chat(1)), stage.now());
        stage.matchmaker().receive(of(Privacy.TRUSTED, Intents.chat(2).model("llama")), stage.now());
        stage.matchmaker().receive(of(Privacy.TRUSTED, Intents.chat(3).model("other")), stage.now());
        stage.matchmaker().receive(of(Privacy.TRUSTED, Intents.of(4, QueryType.IMAGINE)), stage.now());

        assertThat(stage.outbox().rejected)
                .allSatisfy(each -> assertThat(each.code()).isEqualTo(ErrorCode.IMPOSSIBLE));
        assertThat(stage.outbox().rejected.stream().map(each -> each.message()))
                .containsExactly(
                        "only volunteers serve query type 'chat' here, and this intent is for trusted workers; with"
                                + " privacy 'any' they could",
                        "only volunteers serve query type 'chat' with the model 'llama' here, and this intent is for"
                                + " trusted workers; with privacy 'any' they could",
                        "nobody here serves query type 'chat'; served: vision",
                        "nobody here serves query type 'imagine'; served: vision");
    }

    @Test
    void shouldNeverShowAVolunteerWhatIsForTrustedWorkers() {
        var world = new World();
        for (int i = 0; i < INTENTS; i++) {
            world.step(i);
        }
        assertThat(world.wrong).as("seed %d", SEED).isZero();
        assertThat(world.seen.get(Trust.VOLUNTEER)).as("given to volunteers").isGreaterThan(INTENTS / 20);
        assertThat(world.seen.get(Trust.OWN)).isGreaterThan(INTENTS / 20);
    }

    /** Workers of all classes come, go, refuse, fail and work; intents of both kinds come faster than they can. */
    private static final class World {

        private final Random random = new Random(SEED);
        private final Sent sent = new Sent();
        private final Matchmaker matchmaker = new Matchmaker(SHORT_LINE, sent, 0);
        private final Map<WorkerId, WorkerAnnouncement> workers = new HashMap<>();
        private final Deque<Sent.Assigned> running = new ArrayDeque<>();
        private final Map<Trust, Integer> seen = new EnumMap<>(Trust.class);
        private long now = 10_000_000_000L;
        private int wrong;

        void step(int number) {
            now += 1_000_000;
            if (number % 50 == 0) {
                restart("w" + random.nextInt(WORKERS));
                matchmaker.tick(now);
            }
            var intent = Intents.of(number, random.nextBoolean() ? QueryType.CHAT : QueryType.VISION)
                    .by("user-" + random.nextInt(5))
                    .model(random.nextInt(3) == 0 ? "m" + random.nextInt(3) : null)
                    .ttl(200 + random.nextInt(2_000));
            matchmaker.receive(of(random.nextBoolean() ? Privacy.TRUSTED : Privacy.ANY, intent), now);
            answer();
        }

        private void restart(String id) {
            WorkerAnnouncement before = workers.get(new WorkerId(id));
            if (before != null && random.nextBoolean()) {
                matchmaker.receive(new WorkerLeft(before.worker(), before.incarnation()), now);
            }
            Trust trust = Trust.values()[random.nextInt(3)];
            String[] serves =
                    random.nextBoolean() ? new String[] {"chat:m0:m1"} : new String[] {"chat:m1", "vision:m2"};
            WorkerAnnouncement after = worker(id, random.nextLong(), trust, serves);
            running.removeIf(each -> each.worker().equals(after.worker()));
            workers.put(after.worker(), after);
            matchmaker.receive(after, now);
        }

        private void answer() {
            look();
            while (running.size() > 6) {
                end(running.removeFirst());
                look();
            }
        }

        /** At what was assigned, before its worker can become another. */
        private void look() {
            for (Sent.Assigned each : List.copyOf(sent.assigned)) {
                WorkerAnnouncement worker = workers.get(each.worker());
                Trust trust = worker == null ? Trust.OWN : worker.whose();
                seen.merge(trust, 1, Integer::sum);
                wrong += trust.maySee(each.place().intent().privacy()) ? 0 : 1;
                running.add(each);
            }
            sent.assigned.clear();
            sent.lines.clear();
            sent.waiting.clear();
            sent.rejected.clear();
        }

        private void end(Sent.Assigned each) {
            var idle = new Load(2, 0, false);
            if (random.nextInt(20) == 0) {
                matchmaker.receive(new Refused(each.worker(), idle, each.key(), 1, Reason.NO_FREE_SLOT), now);
            } else {
                Outcome outcome = random.nextInt(50) == 0 ? Outcome.FAILED : Outcome.COMPLETED;
                var ended = new Ended(each.key(), each.place().intent().queryType(), outcome, 10);
                matchmaker.receive(new WorkerReport(each.worker(), idle, List.of(each.key()), List.of(ended)), now);
            }
        }
    }
}
