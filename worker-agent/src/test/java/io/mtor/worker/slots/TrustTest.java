// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static io.mtor.worker.testing.Intents.assign;
import static io.mtor.worker.testing.Intents.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The second wall: whatever a dispatcher sends, a volunteer looks only at what everybody may see. */
class TrustTest {

    private static WorkerCore worker(Trust trust) {
        return new WorkerCore(Rig.WORKER, trust, Rig.serving(1, "m1"), WorkerLimits.DEFAULT, 0);
    }

    private static Intent of(Privacy privacy) {
        Intent open = chat(1, "hello");
        return new Intent(
                open.key(),
                open.queryType(),
                open.text(),
                null,
                List.of(),
                List.of(),
                open.parameters(),
                open.priority(),
                privacy,
                false,
                null);
    }

    private static boolean starts(Trust trust, Privacy privacy) {
        return worker(trust).assign(assign(of(privacy)), 0).stream().anyMatch(Effect.Start.class::isInstance);
    }

    @Test
    void shouldRefuseAsAVolunteerWhatIsForTrustedWorkers() {
        List<Effect> effects = worker(Trust.VOLUNTEER).assign(assign(of(Privacy.TRUSTED)), 0);

        assertThat(effects)
                .singleElement()
                .extracting(each -> ((Effect.ToDispatcher) each).message())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_SERVED));
    }

    @Test
    void shouldTakeWhatItMaySee() {
        assertThat(starts(Trust.VOLUNTEER, Privacy.ANY)).isTrue();
        assertThat(starts(Trust.TRUSTED, Privacy.TRUSTED)).isTrue();
        assertThat(starts(Trust.OWN, Privacy.TRUSTED)).isTrue();
    }
}
