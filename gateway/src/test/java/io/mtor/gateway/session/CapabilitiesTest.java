// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Capability;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.FromWorker;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    private static final long SEED = Long.getLong("mtor.seed", new Random().nextLong());
    private static final IntentKey KEY = new IntentKey(new UserId("ada"), IntentId.random());
    private static final WorkerId WORKER = new WorkerId("a");

    private final Capabilities capabilities = capabilities("ours");

    private static Capabilities capabilities(String secret) {
        return new Capabilities(secret.getBytes(StandardCharsets.UTF_8), true);
    }

    private static FromWorker text(IntentKey key, int attempt, WorkerId worker) {
        return new GatewayBound.Text(key, attempt, worker, 0, "Hi");
    }

    @Test
    void shouldKnowItsOwnAgain() {
        Capability given = capabilities.forAttempt(KEY, 2);

        assertThat(capabilities.isGenuine(text(KEY, 2, WORKER).with(given))).isTrue();
        assertThat(capabilities.isGenuine(new GatewayBound.Moved(KEY, WORKER).with(given)))
                .isTrue();
    }

    @Test
    void shouldKnowItsOwnAgainWithoutRememberingIt() {
        Capability given = capabilities("ours").forAttempt(KEY, 2);

        assertThat(capabilities.isGenuine(text(KEY, 2, WORKER).with(given))).isTrue();
    }

    @Test
    void shouldBelieveAWorkerThatGoesOnAtAnyAttempt() {
        Capability given = capabilities.forWorker(KEY, WORKER);

        assertThat(capabilities.isGenuine(text(KEY, 5, WORKER).with(given))).isTrue();
        assertThat(capabilities.isGenuine(text(KEY, 5, new WorkerId("b")).with(given)))
                .isFalse();
    }

    @Test
    void shouldNotBelieveTheWorkerOfAnotherAttemptIntentOrUser() {
        Capability given = capabilities.forAttempt(KEY, 1);
        IntentKey otherGuid = new IntentKey(KEY.user(), IntentId.random());
        IntentKey otherUser = new IntentKey(new UserId("bob"), KEY.guid());

        assertThat(capabilities.isGenuine(text(KEY, 2, WORKER).with(given))).isFalse();
        assertThat(capabilities.isGenuine(text(otherGuid, 1, WORKER).with(given)))
                .isFalse();
        assertThat(capabilities.isGenuine(text(otherUser, 1, WORKER).with(given)))
                .isFalse();
    }

    @Test
    void shouldNotBelieveWhatAnotherGatewayGave() {
        Capability theirs = capabilities("theirs").forAttempt(KEY, 1);

        assertThat(capabilities.isGenuine(text(KEY, 1, WORKER).with(theirs))).isFalse();
    }

    @Test
    void shouldBelieveWhatShowsNothingOnlyIfToldTo() {
        var lenient = new Capabilities(new byte[] {1}, false);

        assertThat(lenient.isGenuine(text(KEY, 1, WORKER))).isTrue();
        assertThat(capabilities.isGenuine(text(KEY, 1, WORKER))).isFalse();
    }

    @Test
    void shouldBelieveNoneOfManyForgeries() {
        var random = new Random(SEED);
        List<IntentKey> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add(new IntentKey(new UserId("user-" + i % 20), IntentId.random()));
        }
        int believed = 0;
        int replays = 0;
        for (int i = 0; i < 200_000; i++) {
            IntentKey key = keys.get(random.nextInt(keys.size()));
            int attempt = 1 + random.nextInt(3);
            Capability real = capabilities.forAttempt(key, attempt);
            boolean believes =
                    switch (random.nextInt(4)) {
                        case 0 -> hears(key, attempt, new Capability(attempt, noise(random, 16)));
                        case 1 -> hears(key, attempt, bent(real, random));
                        case 2 -> hears(key, attempt, new Capability(attempt, noise(random, random.nextInt(40))));
                        default -> {
                            IntentKey other = keys.get(random.nextInt(keys.size()));
                            int otherAttempt = 1 + random.nextInt(3);
                            boolean same = other.equals(key) && otherAttempt == attempt;
                            replays += same ? 0 : 1;
                            yield !same && hears(other, otherAttempt, real);
                        }
                    };
            believed += believes ? 1 : 0;
        }
        assertThat(believed).as("seed %d", SEED).isZero();
        assertThat(replays).isGreaterThan(10_000);
    }

    private boolean hears(IntentKey key, int attempt, Capability shown) {
        return capabilities.isGenuine(text(key, attempt, WORKER).with(shown));
    }

    private static Bytes noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static Capability bent(Capability real, Random random) {
        byte[] bytes = real.proof().array().clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new Capability(real.attempt(), Bytes.of(bytes));
    }
}
