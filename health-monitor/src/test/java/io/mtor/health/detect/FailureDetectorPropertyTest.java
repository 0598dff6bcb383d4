// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random traces; the number of the repetition is the seed. */
class FailureDetectorPropertyTest {

    @RepeatedTest(100)
    void shouldNeverAccuseAWorkerThatAnswersInTime(RepetitionInfo run) {
        // Given
        var random = new SplittableRandom(run.getCurrentRepetition());
        var patient = new Patient(run.getCurrentRepetition());
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            WorkerId worker = patient.healthyWorker(i);
            patient.answering.put(worker, random.nextLong(600));
        }

        // When
        for (int i = 0; i < 30; i++) {
            if (random.nextInt(5) == 0) {
                patient.oversleep(100 + random.nextLong(10_000));
            } else {
                patient.pass(100L * (1 + random.nextInt(50)));
            }
        }

        // Then
        assertThat(patient.judgements).isEmpty();
    }

    @RepeatedTest(100)
    void shouldAlwaysFindASilentWorkerWithinTheLimitAndTakeItBackWhenItAnswers(RepetitionInfo run) {
        // Given
        var random = new SplittableRandom(run.getCurrentRepetition());
        var patient = new Patient(run.getCurrentRepetition());
        int count = 1 + random.nextInt(20);
        List<WorkerId> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(patient.healthyWorker(i));
        }
        patient.pass(100L * random.nextInt(100));

        // When up to half of them fall silent, or up to two
        int silent = 1 + random.nextInt(Math.max(count / 2, Math.min(2, count)));
        List<WorkerId> lost = workers.subList(0, silent);
        lost.forEach(patient::silence);
        patient.pass(5_000 + 3 * Patient.TICK); // a pong may be underway, and arrives within one

        // Then
        assertThat(lost).allMatch(worker -> patient.health(worker) == Health.DOWN);
        assertThat(workers.subList(silent, count)).allMatch(worker -> patient.health(worker) == Health.HEALTHY);

        // When
        lost.forEach(worker -> patient.answering.put(worker, random.nextLong(300)));
        patient.pass(6_000);

        // Then
        assertThat(workers).allMatch(worker -> patient.health(worker) == Health.HEALTHY);
    }

    @RepeatedTest(20)
    void shouldLetNoVerdictFollowItsEqual(RepetitionInfo run) {
        var random = new SplittableRandom(run.getCurrentRepetition());
        var patient = new Patient(run.getCurrentRepetition());
        WorkerId worker = patient.healthyWorker(0);
        for (int i = 0; i < 200; i++) {
            if (random.nextBoolean()) {
                patient.silence(worker);
            } else {
                patient.answering.put(worker, random.nextLong(3_000));
            }
            patient.pass(100L * (1 + random.nextInt(80)));
        }
        for (int i = 1; i < patient.judgements.size(); i++) {
            assertThat(patient.judgements.get(i).health())
                    .isNotEqualTo(patient.judgements.get(i - 1).health());
        }
    }
}
