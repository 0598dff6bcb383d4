// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import static io.mtor.common.bus.Announcement.Health.DEGRADED;
import static io.mtor.common.bus.Announcement.Health.DOWN;
import static io.mtor.common.bus.Announcement.Health.HEALTHY;
import static io.mtor.health.detect.Patient.announcement;
import static io.mtor.health.detect.Patient.colleague;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.MonitorLeft;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.health.detect.Effect.Judge;
import io.mtor.health.detect.Effect.SendPing;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {

    private final Patient patient = new Patient(1);

    @Test
    void shouldSayNothingOfAWorkerThatAnswers() {
        WorkerId worker = patient.healthyWorker(1);
        patient.answering.put(worker, 700L);
        patient.pass(60_000);
        assertThat(patient.judgements).isEmpty();
    }

    @Test
    void shouldPingEverySecondGiveOrTakeAFifth() {
        // Given
        patient.healthyWorker(1);

        // When
        patient.pass(100_000);

        // Then
        List<Long> times = patient.pings.stream().map(SendPing::nonce).toList();
        List<Long> gaps = IntStream.range(1, times.size())
                .mapToObj(i -> times.get(i) - times.get(i - 1))
                .toList();
        assertThat(gaps).allSatisfy(gap -> assertThat(gap).isBetween(800L, 1_300L));
        assertThat(gaps.stream().distinct().count()).isGreaterThan(2);
        assertThat(times.size()).isBetween(90, 115);
    }

    @Test
    void shouldDegradeAfterTwoSecondsAndGiveUpAfterFive() {
        // Given
        WorkerId worker = patient.healthyWorker(1);
        patient.pass(10_000);
        long since = patient.now;

        // When
        patient.silence(worker);
        patient.pass(10_000);

        // Then
        assertThat(patient.judgements).extracting(Judge::health).containsExactly(DEGRADED, DOWN);
        assertThat(patient.judgements.get(1).reason()).matches("no pong for 5\\d\\d\\d ms");
        assertThat(since).isLessThan(patient.now);
    }

    @Test
    void shouldForgiveASuspectWithItsNextPong() {
        WorkerId worker = patient.healthyWorker(1);
        patient.silence(worker);
        patient.pass(3_000);
        patient.answering.put(worker, 1L);
        patient.pass(2_000);
        assertThat(patient.judgements).extracting(Judge::health).containsExactly(DEGRADED, HEALTHY);
        assertThat(patient.judgements.get(1).reason()).startsWith("answers again after");
    }

    @Test
    void shouldTakeThreePongsToBelieveAWorkerThatWasDown() {
        // Given
        WorkerId worker = patient.healthyWorker(1);
        patient.silence(worker);
        patient.pass(6_000);
        assertThat(patient.health(worker)).isEqualTo(DOWN);
        int before = patient.pings.size();

        // When
        patient.answering.put(worker, 1L);
        patient.pass(10_000);

        // Then
        assertThat(patient.judgements).extracting(Judge::health).containsExactly(DEGRADED, DOWN, DEGRADED, HEALTHY);
        assertThat(patient.pings.size()).isGreaterThan(before + 2);
        assertThat(patient.judgements.get(3).reason()).isEqualTo("recovered");
    }

    @Test
    void shouldCountPongsThatComeInOneBurstOnce() {
        // Given
        WorkerId worker = patient.healthyWorker(1);
        patient.silence(worker);
        patient.pass(8_000);

        // When a stopped worker wakes and answers everything at once
        patient.pings.stream()
                .skip(patient.pings.size() - 4)
                .forEach(ping -> patient.take(patient.detector.pong(worker, ping.nonce(), patient.now)));

        // Then
        assertThat(patient.health(worker)).isEqualTo(DEGRADED);
        patient.pass(3_000);
        assertThat(patient.health(worker)).isEqualTo(DOWN);
        assertThat(patient.judgements.getLast().reason()).contains("while recovering");
    }

    @Test
    void shouldNotBelieveAPongThatIsTooOldOrWasNeverAsked() {
        WorkerId worker = patient.healthyWorker(1);
        patient.silence(worker);
        patient.pass(6_000);
        assertThat(patient.detector.pong(worker, patient.now - 5_001, patient.now))
                .isEmpty();
        assertThat(patient.detector.pong(worker, patient.now + 1, patient.now)).isEmpty();
        assertThat(patient.detector.pong(new WorkerId("stranger"), patient.now, patient.now))
                .isEmpty();
    }

    @Test
    void shouldNotHoldItsOwnSleepAgainstTheWorkers() {
        patient.healthyWorker(1);
        patient.pass(5_000);
        patient.oversleep(30_000);
        patient.pass(5_000);
        assertThat(patient.judgements).isEmpty();
    }

    @Test
    void shouldBelieveThatOneOrTwoWorkersAreDownEvenIfTheyAreAll() {
        WorkerId first = patient.healthyWorker(1);
        WorkerId second = patient.healthyWorker(2);
        patient.silence(first);
        patient.silence(second);
        patient.pass(6_000);
        assertThat(patient.health(first)).isEqualTo(DOWN);
        assertThat(patient.health(second)).isEqualTo(DOWN);
    }

    @Test
    void shouldSuspectItselfWhenMoreThanHalfFallSilentAtOnce() {
        // Given
        List<WorkerId> workers =
                IntStream.range(0, 10).mapToObj(patient::healthyWorker).toList();
        patient.pass(5_000);

        // When
        workers.subList(0, 6).forEach(patient::silence);
        patient.pass(20_000);

        // Then
        assertThat(patient.judgements).noneMatch(judge -> judge.health() == DOWN);
        assertThat(patient.health(workers.getFirst())).isEqualTo(DEGRADED);
        assertThat(patient.judgements.getLast().reason()).contains("it may be this monitor that is cut off");

        // And in the end the silence is believed
        patient.pass(20_000);
        assertThat(patient.judgements.stream().filter(judge -> judge.health() == DOWN))
                .hasSize(6);
    }

    @Test
    void shouldBelieveASilenceOfHalfOrLess() {
        List<WorkerId> workers =
                IntStream.range(0, 10).mapToObj(patient::healthyWorker).toList();
        patient.pass(5_000);
        workers.subList(0, 5).forEach(patient::silence);
        patient.pass(7_000);
        assertThat(patient.judgements.stream().filter(judge -> judge.health() == DOWN))
                .hasSize(5);
    }

    @Test
    void shouldEndThePanicWhenTheOthersAnswerAgain() {
        List<WorkerId> workers =
                IntStream.range(0, 4).mapToObj(patient::healthyWorker).toList();
        patient.pass(5_000);
        workers.forEach(patient::silence);
        patient.pass(10_000);
        workers.subList(1, 4).forEach(worker -> patient.answering.put(worker, 1L));
        patient.pass(5_000);
        assertThat(patient.judgements.stream().filter(judge -> judge.health() == DOWN))
                .hasSize(1);
        assertThat(workers).extracting(patient::health).containsExactly(DOWN, HEALTHY, HEALTHY, HEALTHY);
    }

    @Test
    void shouldForgetAWorkerThatLeft() {
        WorkerId worker = patient.healthyWorker(1);
        patient.detector.hear(new WorkerLeft(worker, 7), patient.now);
        assertThat(patient.detector.verdicts()).hasSize(1);
        patient.detector.hear(new WorkerLeft(worker, 1), patient.now);
        assertThat(patient.detector.verdicts()).isEmpty();
    }

    @Test
    void shouldForgetEverythingOnANodeThatLeft() {
        WorkerId worker = patient.healthyWorker(1);
        patient.healthyWorker(2);
        patient.detector.nodeLeft("node-of-" + worker, patient.now);
        assertThat(patient.detector.verdicts()).extracting(Judge::worker).containsExactly(Patient.worker(2));
    }

    @Test
    void shouldForgetAWorkerThatIsLongGone() {
        patient.detector.hear(announcement(Patient.worker(1), 1), patient.now);
        patient.pass(59_000);
        assertThat(patient.detector.verdicts()).extracting(Judge::health).containsExactly(DOWN);
        patient.pass(2_000);
        assertThat(patient.detector.verdicts()).isEmpty();
    }

    @Test
    void shouldWatchNoMoreWorkersThanItMay() {
        var small = ConfigLoader.load(DetectorConfig.class, Aliases.none(), List.of("--max-workers=3"), Map.of())
                .config();
        var crowded = new Patient(1, small);
        IntStream.range(0, 5).forEach(crowded::healthyWorker);
        assertThat(crowded.detector.verdicts()).hasSize(3);
        crowded.detector.hear(new WorkerLeft(Patient.worker(0), 1), crowded.now);
        crowded.healthyWorker(9);
        assertThat(crowded.detector.verdicts()).extracting(Judge::worker).contains(Patient.worker(9));
    }

    @Test
    void shouldLetAWorkerThatBeganAnewProveItselfOnlyIfItWasDown() {
        WorkerId worker = patient.healthyWorker(1);
        patient.silence(worker);
        patient.pass(3_000);
        patient.take(patient.detector.hear(announcement(worker, 2), patient.now));
        assertThat(patient.health(worker)).isEqualTo(HEALTHY);
        patient.pass(7_000);
        assertThat(patient.health(worker)).isEqualTo(DOWN);
        patient.take(patient.detector.hear(announcement(worker, 3), patient.now));
        assertThat(patient.health(worker)).isEqualTo(DEGRADED);
    }

    @Test
    void shouldKnowItsVerdictsForARollCall() {
        WorkerId silent = patient.healthyWorker(1);
        patient.healthyWorker(2);
        patient.silence(silent);
        patient.pass(6_000);
        assertThat(patient.detector.verdicts()).extracting(Judge::health).containsExactlyInAnyOrder(DOWN, HEALTHY);
    }

    @Test
    void shouldShareTheWorkersWithTheOtherMonitors() {
        // Given
        IntStream.range(0, 100).forEach(patient::healthyWorker);
        var other = new FailureDetector(
                new MonitorId("other"), ConfigLoader.defaults(DetectorConfig.class), new SplittableRandom(2));
        IntStream.range(0, 100).forEach(i -> other.hear(announcement(Patient.worker(i), 1), patient.now));

        // When
        patient.detector.hear(colleague("other"), patient.now);
        other.hear(colleague("self"), patient.now);

        // Then
        assertThat(patient.detector.verdicts()).hasSizeBetween(25, 75);
        assertThat(patient.detector.verdicts())
                .extracting(Judge::worker)
                .doesNotContainAnyElementsOf(
                        other.verdicts().stream().map(Judge::worker).toList());
        assertThat(patient.detector.verdicts().size() + other.verdicts().size()).isEqualTo(100);

        // When the other leaves, dies or falls silent
        patient.detector.hear(new MonitorLeft(new MonitorId("other")), patient.now);
        assertThat(patient.detector.verdicts()).hasSize(100);
        patient.detector.hear(colleague("other"), patient.now);
        patient.detector.nodeLeft("node-of-other", patient.now);
        assertThat(patient.detector.verdicts()).hasSize(100);
        patient.detector.hear(colleague("other"), patient.now);
        patient.pass(6_000);
        assertThat(patient.detector.verdicts()).hasSize(100);
    }

    @Test
    void shouldBeginWithTheVerdictOfTheMonitorBefore() {
        // Given: nothing is ours
        List<WorkerId> workers =
                IntStream.range(0, 20).mapToObj(patient::healthyWorker).toList();
        patient.detector.hear(colleague("other"), patient.now);
        WorkerId theirs = workers.stream()
                .filter(worker -> patient.detector.verdicts().stream()
                        .noneMatch(judge -> judge.worker().equals(worker)))
                .findFirst()
                .orElseThrow();
        patient.detector.hear(verdict(theirs, DOWN), patient.now);

        // When
        patient.detector.hear(new MonitorLeft(new MonitorId("other")), patient.now);

        // Then
        assertThat(patient.detector.verdicts())
                .filteredOn(judge -> judge.worker().equals(theirs))
                .extracting(Judge::health)
                .containsExactly(DOWN);
        patient.pass(5_000);
        assertThat(patient.judgements.stream().filter(judge -> judge.worker().equals(theirs)))
                .extracting(Judge::health)
                .containsExactly(DEGRADED, HEALTHY);
    }

    @Test
    void shouldRepeatItsVerdictOncePerPingWhileAnotherContradicts() {
        WorkerId worker = patient.healthyWorker(1);
        patient.pass(2_000);
        for (int i = 0; i < 100; i++) {
            patient.take(patient.detector.hear(verdict(worker, DOWN), patient.now));
            patient.pass(100);
        }
        assertThat(patient.repeats).allMatch(judge -> judge.health() == HEALTHY);
        assertThat(patient.repeats).hasSizeBetween(8, 13);
    }

    @Test
    void shouldRepeatWithEachPingWhatIsNotHealthySoThatALostVerdictIsMadeUpFor() {
        WorkerId worker = patient.healthyWorker(1);
        patient.pass(3_000);
        assertThat(patient.repeats).isEmpty();

        patient.silence(worker);
        patient.pass(10_000);

        assertThat(patient.repeats).extracting(Judge::health).containsSubsequence(DEGRADED, DOWN, DOWN);
        assertThat(patient.repeats).hasSizeBetween(6, 12);
    }

    private static Verdict verdict(WorkerId worker, Health health) {
        return new Verdict(worker, new MonitorId("other"), health, "because");
    }
}
