// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.testing.Intents;
import org.junit.jupiter.api.Test;

class HandoversTest {

    private static final WorkerId WORKER = new WorkerId("a");

    private final Handovers handovers = new Handovers(new Fleet(Caution.DEFAULT));

    @Test
    void shouldForgetTheOldestWhereThereAreTooMany() {
        for (int i = 0; i < Handovers.MAX + 5; i++) {
            handovers.note(new Ticket(Intents.chat(i).place(), 0, i), WORKER, 0);
        }

        assertThat(handovers.size()).isEqualTo(Handovers.MAX);
    }

    @Test
    void shouldForgetWhatIsLongAgo() {
        handovers.note(new Ticket(Intents.chat(1).place(), 0, 1), WORKER, 0);
        handovers.note(new Ticket(Intents.chat(2).place(), 0, 2), WORKER, 11_000_000_000L);

        assertThat(handovers.size()).isEqualTo(1);
    }
}
