// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static io.mtor.worker.testing.Intents.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.bus.WorkerBound.Cancel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An intent that another worker was lost with has no company until it begins to answer. */
class AloneTest {

    private final Rig rig = new Rig(3);

    private void assignNext(int number, boolean alone) {
        Assign plain = assign(chat(number, "hello"));
        rig.turn(now -> rig.core.assign(
                new Assign(plain.intent(), plain.gateway(), plain.dispatcher(), 1, 60_000, 0, 0, null, alone), now));
    }

    private long started() {
        return rig.all(Effect.Start.class).size();
    }

    private void assertRefused() {
        assertThat(rig.atDispatcher()).anySatisfy(each -> assertThat(each)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_FREE_SLOT)));
    }

    @Test
    void shouldRefuseCompanyWhileOneRunsAlone() {
        assignNext(1, true);
        assertThat(rig.core.load().free()).isZero();

        assignNext(2, false);
        assignNext(3, true);

        assertThat(started()).isOne();
        assertRefused();
    }

    @Test
    void shouldRefuseWhatMustRunAloneWhileAnythingHasNotBegunToAnswer() {
        assignNext(1, false);
        assignNext(2, false);
        rig.turn(now -> rig.core.text(rig.run(), "Hi", now));

        assignNext(3, true);

        assertThat(started()).isEqualTo(2);
        assertRefused();
        assertThat(rig.core.load().inFlight()).isEqualTo(2);
    }

    @Test
    void shouldTakeWhatMustRunAloneOnceAllHaveBegunAndSayWhen() {
        assignNext(1, false);
        assignNext(2, true);
        long run = rig.run();
        rig.effects.clear();

        rig.turn(now -> rig.core.text(run, "Hi", now));

        assertThat(rig.atDispatcher())
                .containsExactly(new WorkerReport(Rig.WORKER, new Load(3, 1, false), List.of(), List.of()));
        assignNext(2, true);
        assertThat(rig.all(Effect.Start.class)).hasSize(1);
        assertThat(rig.core.load().free()).isZero();
    }

    @Test
    void shouldSayWhenItCanBeTakenAlsoIfTheOtherOnesEnd() {
        assignNext(1, false);
        assignNext(2, true);
        rig.effects.clear();

        rig.turn(now -> rig.core.cancel(new Cancel(key(1), 1), now));

        assertThat(rig.atDispatcher()).isNotEmpty();
        assignNext(2, true);
        assertThat(started()).isOne();
    }

    @Test
    void shouldTakeOthersOnceItHasBegunToAnswerAndSaySo() {
        assignNext(1, true);
        long run = rig.run();
        rig.effects.clear();

        rig.turn(now -> rig.core.text(run, "Hi", now));

        assertThat(rig.atDispatcher())
                .containsExactly(new WorkerReport(Rig.WORKER, new Load(3, 1, false), List.of(), List.of()));
        assignNext(2, false);
        assertThat(rig.all(Effect.Start.class)).hasSize(1);
        assertThat(rig.core.load().inFlight()).isEqualTo(2);
    }

    @Test
    void shouldSayThatOthersMayComeOnlyOnce() {
        assignNext(1, true);
        long run = rig.run();
        rig.turn(now -> rig.core.progress(run, 1, 4, null, now));
        rig.effects.clear();

        rig.turn(now -> rig.core.progress(run, 2, 4, null, now));

        assertThat(rig.atDispatcher()).isEmpty();
    }

    @Test
    void shouldTakeOthersOnceItHasEnded() {
        assignNext(1, true);
        rig.turn(now -> rig.core.completed(rig.run(), null, null, now));

        assignNext(2, false);
        assignNext(3, false);

        assertThat(started()).isEqualTo(3);
        assertThat(rig.core.load().inFlight()).isEqualTo(2);
    }
}
