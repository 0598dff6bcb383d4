// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.config.Size;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.session.SessionConfig;
import java.time.Duration;
import java.util.List;

/** Intents, and how patient their sessions are. */
public final class Intents {

    private Intents() {}

    public static Intent chat(String text) {
        return chat(IntentId.random(), text, false);
    }

    public static Intent detached(String text) {
        return chat(IntentId.random(), text, true);
    }

    public static Intent chat(IntentId guid, String text, boolean detach) {
        return new Intent(
                new IntentKey(new UserId("ada"), guid),
                QueryType.CHAT,
                text,
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.TRUSTED,
                detach,
                null);
    }

    /** The defaults, as the configuration has them. */
    public static SessionConfig patience() {
        return new SessionConfig(
                Duration.ofMillis(700),
                Duration.ofSeconds(6),
                Duration.ofSeconds(20),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1),
                Duration.ofMillis(3_500),
                Duration.ofSeconds(150),
                Duration.ofSeconds(45),
                3,
                20,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                64,
                new Size(64 * 1024),
                false,
                SessionConfig.RetryLimits.DEFAULT);
    }
}
