// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.Capability;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mints what workers must show, and knows it again: a keyed hash of user, guid and attempt, or of user, guid and worker
 * where a worker is asked to go on with whatever attempt it has. Nothing has to be kept for that; what was minted or
 * recognized lately is remembered all the same, in {@value #REMEMBERED} places, because each piece of an answer shows it.
 *
 * <p>Not thread-safe.
 */
public final class Capabilities {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int REMEMBERED = 1 << 12;

    private final Mac mac;
    private final boolean required;
    private final @Nullable Minted[] lately = new @Nullable Minted[REMEMBERED];

    /** @param worker null if it is good for one attempt at any worker */
    private record Minted(IntentKey key, @Nullable WorkerId worker, Capability capability) {

        boolean isOf(IntentKey other, int attempt, @Nullable WorkerId at) {
            return capability.attempt() == attempt
                    && key.equals(other)
                    && (worker == null ? at == null : worker.equals(at));
        }
    }

    /**
     * Mints with this secret.
     *
     * @param required false if a worker of a version before 0.1.0, which has nothing to show, is believed
     */
    public Capabilities(byte[] secret, boolean required) {
        this.required = required;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** For the worker that gets this attempt. */
    public Capability forAttempt(IntentKey key, int attempt) {
        return minted(key, attempt, null);
    }

    /** For this worker, whichever attempt it has. */
    public Capability forWorker(IntentKey key, WorkerId worker) {
        return minted(key, 0, worker);
    }

    /** True if whoever says this has been given what it speaks of, by us. */
    public boolean isGenuine(GatewayBound.FromWorker said) {
        Capability shown = said.capability();
        if (shown == null) {
            return !required;
        }
        boolean other = shown.attempt() > 0 && said.attempt() > 0 && shown.attempt() != said.attempt();
        return !other
                && shown.isSameAs(minted(said.key(), shown.attempt(), shown.attempt() > 0 ? null : said.worker()));
    }

    private Capability minted(IntentKey key, int attempt, @Nullable WorkerId worker) {
        int place = (key.hashCode() * 31 + attempt) & (REMEMBERED - 1);
        Minted known = lately[place];
        if (known == null || !known.isOf(key, attempt, worker)) {
            known = new Minted(key, worker, mint(key, attempt, worker));
            lately[place] = known;
        }
        return known.capability;
    }

    /** No id has a space, so no two things give the same text. */
    private Capability mint(IntentKey key, int attempt, @Nullable WorkerId worker) {
        String what = key.user().value()
                + ' '
                + key.guid().value()
                + ' '
                + attempt
                + ' '
                + (worker == null ? "" : worker.value());
        byte[] whole = mac.doFinal(what.getBytes(StandardCharsets.US_ASCII));
        return new Capability(attempt, Bytes.of(Arrays.copyOf(whole, BYTES)));
    }
}
