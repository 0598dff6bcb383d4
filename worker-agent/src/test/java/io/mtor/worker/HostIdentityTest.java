// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Trust;
import org.junit.jupiter.api.Test;

class HostIdentityTest {

    private final HostIdentity host = new HostIdentity("attic-x2y3", "Attic", "node", Trust.OWN);

    @Test
    void shouldGiveAWorkerThatComesBackAnotherId() {
        var before = host.worker("ollama", 1);
        var after = host.worker("ollama", 2);

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(host.worker("ollama", 1).id()).isEqualTo(before.id());
    }

    @Test
    void shouldKeepIdsReadable() {
        assertThat(host.worker("llama.cpp 8080", -1).id().value()).isEqualTo("attic-x2y3.llama-cpp-8080-777777");
    }
}
