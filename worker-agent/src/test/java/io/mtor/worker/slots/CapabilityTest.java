// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Capability;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.FromWorker;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Media;
import io.mtor.worker.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway gave with an intent is shown to it in every answer. */
class CapabilityTest {

    private static final GatewayId OTHER = new GatewayId("other");
    private static final Capability FIRST = new Capability(1, Bytes.of(new byte[] {1}));
    private static final Capability SECOND = new Capability(0, Bytes.of(new byte[] {2}));

    private final Rig rig = new Rig(2);
    private final WorkerBound.Assign plain = Intents.assign(Intents.chat(1, "Hello"));
    private final WorkerBound.Assign assign = new WorkerBound.Assign(
            plain.intent(), plain.gateway(), plain.dispatcher(), 1, plain.ttlMillis(), 0, 0, FIRST, false);

    private List<FromWorker> said(GatewayId to) {
        List<FromWorker> said = rig.all(Effect.ToGateway.class).stream()
                .filter(each -> each.gateway().equals(to))
                .map(each -> (FromWorker) each.message())
                .toList();
        rig.effects.clear();
        return said;
    }

    private void run() {
        rig.turn(now -> rig.core.assign(assign, now));
        long run = rig.run();
        rig.turn(now -> rig.core.text(run, "Hi", now));
        rig.turn(now -> rig.core.medium(run, Media.whole("image/png", Bytes.of(new byte[10])), now));
        rig.turn(now -> rig.core.progress(run, 1, 2, null, now));
        rig.turn(now -> rig.core.completed(run, null, null, now));
    }

    @Test
    void shouldShowItInEveryAnswer() {
        run();

        assertThat(said(plain.gateway())).hasSize(5).allSatisfy(each -> assertThat(each.capability())
                .isEqualTo(FIRST));
    }

    @Test
    void shouldShowToAnotherGatewayWhatThatOneGave() {
        run();
        rig.effects.clear();

        rig.turn(now -> rig.core.resume(new WorkerBound.Resume(plain.intent().key(), OTHER, -1, SECOND), now));

        assertThat(rig.all(Effect.ToGateway.class))
                .contains(new Effect.ToGateway(
                        plain.gateway(), new GatewayBound.Moved(plain.intent().key(), Rig.WORKER).with(FIRST)));
        assertThat(said(OTHER)).hasSize(5).allSatisfy(each -> assertThat(each.capability())
                .isEqualTo(SECOND));
    }

    @Test
    void shouldShowWhatCameWithTheQuestionWhenAsked() {
        rig.turn(now -> rig.core.assign(assign, now));
        rig.effects.clear();

        rig.turn(now -> rig.core.probe(new WorkerBound.Probe(plain.intent().key(), OTHER, SECOND), now));
        rig.turn(now -> rig.core.probe(new WorkerBound.Probe(Intents.key(9), OTHER, SECOND), now));

        assertThat(said(OTHER)).hasSize(2).allSatisfy(each -> assertThat(each.capability())
                .isEqualTo(SECOND));
    }

    @Test
    void shouldKeepItWhenTheSameGatewayAsksByADispatcherThatKnowsOfNone() {
        rig.turn(now -> rig.core.assign(assign, now));
        rig.effects.clear();

        rig.turn(now -> rig.core.assign(plain, now));

        assertThat(said(plain.gateway())).singleElement().satisfies(each -> assertThat(each.capability())
                .isEqualTo(FIRST));
    }
}
