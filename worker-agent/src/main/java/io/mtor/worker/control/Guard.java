// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask what of the control port. Every program and every page in every browser of this machine can send requests to
 * it, so nothing is believed for coming from here.
 *
 * <ul>
 *   <li>A foreign name in {@code Host} is a page whose name was bent to this machine.
 *   <li>A foreign {@code Origin} is a page of somebody else.
 *   <li>To change something the owner's word must be shown, in a header that no foreign page may set and that only who can
 *       read the owner's files knows.
 * </ul>
 *
 * @param port on which it listens
 * @param token the owner's word
 */
record Guard(int port, String token) {

    private static final String BEARER = "Bearer ";

    /** What is asked for. */
    record Asked(
            boolean changes,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String authorization) {}

    /** Null if it may be; otherwise why not, for people. */
    @Nullable
    String objection(Asked asked) {
        Set<String> here = Set.of("127.0.0.1:" + port, "localhost:" + port);
        if (asked.host == null || !here.contains(asked.host)) {
            return "ask for 127.0.0.1:" + port;
        }
        if (asked.origin != null && !asked.origin.equals("http://" + asked.host)) {
            return "pages of others may not ask";
        }
        return asked.changes && !isOwners(asked.authorization)
                ? "only the owner may: open the page with the address that  status  prints"
                : null;
    }

    private boolean isOwners(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }
}
