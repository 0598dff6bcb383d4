// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.Serving;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that goes on at another gateway: the one it left must not stop what the other one serves. */
class ClientMovesTest {

    private static final GatewayId OLD = new GatewayId("old");
    private static final GatewayId NEW = new GatewayId("new");
    private static final IntentKey KEY = new IntentKey(new UserId("ada"), IntentId.random());

    private final WorkerId id = new WorkerId("w");
    private final WorkerCore worker = new WorkerCore(
            id, new Serving(List.of(new Offer(QueryType.CHAT, List.of())), 1, false), WorkerLimits.DEFAULT, 0);

    private List<Effect> moveFromOldToNew() {
        worker.assign(new WorkerBound.Assign(intent(), OLD, new DispatcherId("d"), 1, 60_000, 0, 0), 0);
        return worker.resume(new WorkerBound.Resume(KEY, NEW, -1), 10);
    }

    @Test
    void shouldTellTheGatewayThatIsLeft() {
        assertThat(moveFromOldToNew()).contains(new Effect.ToGateway(OLD, new GatewayBound.Moved(KEY, id)));

        assertThat(worker.probe(new WorkerBound.Probe(KEY, OLD), 20))
                .containsExactly(new Effect.ToGateway(OLD, new GatewayBound.Moved(KEY, id)));
        assertThat(worker.probe(new WorkerBound.Probe(KEY, NEW), 20))
                .containsExactly(new Effect.ToGateway(NEW, new GatewayBound.Alive(KEY, 1, id, 0, false)));
    }

    @Test
    void shouldNotBeStoppedByTheGatewayThatIsLeft() {
        moveFromOldToNew();

        worker.cancel(new WorkerBound.Cancel(KEY, 1, OLD), 20);
        assertThat(worker.load().inFlight()).isOne();

        worker.cancel(new WorkerBound.Cancel(KEY, 1, NEW), 20);
        assertThat(worker.load().inFlight()).isZero();
    }

    @Test
    void shouldBeStoppedByAWishThatNamesNoGateway() {
        moveFromOldToNew();

        worker.cancel(new WorkerBound.Cancel(KEY, Integer.MAX_VALUE), 20);

        assertThat(worker.load().inFlight()).isZero();
    }

    private static Intent intent() {
        return new Intent(
                KEY,
                QueryType.CHAT,
                "Hello",
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.TRUSTED,
                false,
                null);
    }
}
