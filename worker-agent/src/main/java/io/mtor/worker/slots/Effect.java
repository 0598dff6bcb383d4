// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.worker.model.Assigned;
import org.jspecify.annotations.Nullable;

/** What {@link WorkerCore} wants done; to be carried out in order. */
public sealed interface Effect {

    record ToGateway(GatewayId gateway, GatewayBound message) implements Effect {}

    record ToDispatcher(DispatcherId dispatcher, DispatcherBound message) implements Effect {}

    /** Let the model server begin; what it makes is reported under {@code run}. */
    record Start(long run, Assigned work) implements Effect {}

    /** Stop the model server's work at once. */
    record Stop(long run) implements Effect {}

    /**
     * An attempt holds its slot no more.
     *
     * @param cause why it was not completed; null if it was
     */
    record Over(long run, @Nullable Cause cause) implements Effect {}

    /** The window is full: read no more from the model server. */
    record Pause(long run) implements Effect {}

    /** Read on. */
    record Continue(long run) implements Effect {}

    /** What others know of this worker is no longer true: tell them now. */
    record Announce() implements Effect {}

    /** The model server seems to be gone or changed: look at it now. */
    record Suspect() implements Effect {}

    /** This process stood still for so long, and was deaf meanwhile. */
    record Overslept(long millis) implements Effect {}

    /** It is paused and nothing runs any more. */
    record Rested() implements Effect {}

    /** It drains and the last intent has ended. */
    record Drained() implements Effect {}
}
