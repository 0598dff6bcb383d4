// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.bench.simulation.world.Client.Sent;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Somebody who hears on the bus who works on what, and answers in that worker's name, with a guessed capability or none. */
record Forger(Realm realm) {

    void answer(Client victim, SplittableRandom random) {
        List<Sent> open = victim.open();
        Connection connection = victim.connection();
        if (open.isEmpty() || connection == null) {
            return;
        }
        Sent sent = open.get(random.nextInt(open.size()));
        WorkerId worker = sent.visible().worker() == null
                ? new WorkerId("w0")
                : sent.visible().worker();
        int attempt = Math.max(1, sent.visible().attempt());
        Capability guessed = guess(attempt, random);
        int seq = sent.visible().seen() + 1;
        GatewayService gateway = connection.gateway();
        var piece = new GatewayBound.Text(sent.key(), attempt, worker, seq, "forger:;", guessed);
        var end =
                new GatewayBound.Completed(sent.key(), attempt, worker, seq + 1, "forger:;", null, null, 1, 1, guessed);
        gateway.node().deliver(() -> gateway.receive(piece));
        gateway.node().deliver(() -> gateway.receive(end));
    }

    private static @Nullable Capability guess(int attempt, SplittableRandom random) {
        byte[] code = new byte[16];
        random.nextBytes(code);
        return random.nextBoolean() ? null : new Capability(attempt, Bytes.of(code));
    }
}
