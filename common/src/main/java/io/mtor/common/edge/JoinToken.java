// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mtor.common.config.Secret;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What an operator gives to the owner of a host: who has it may join until it expires, as that kind of host, for those
 * query types. Every gateway that knows the operator's secret can tell that it is genuine, and none has to remember it.
 *
 * <p>As text it is {@code mtor1.CLAIMS.PROOF}: JSON and its HMAC-SHA256 (RFC 2104), both in base64 for URLs (RFC 4648).
 *
 * @param name whom it was made for, for people
 * @param trust whose the host is taken for
 * @param queryTypes what it may serve; empty for anything
 * @param expires in seconds since 1970
 * @param once by what it is remembered that a host has used it, if it is for one host; null if it is for any number
 */
public record JoinToken(
        String name,
        Trust trust,
        List<QueryType> queryTypes,
        long expires,
        @Nullable String once) {

    private static final String FORM = "mtor1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_CHARS = 4_096;
    private static final int MAX_NAME_CHARS = 64;
    private static final Pattern ONCE = Pattern.compile("[a-z0-9]{16,64}");

    /**
     * @throws IllegalArgumentException if the name is empty, longer than 64 characters, or not printable, or once is not 16
     *     to 64 letters and digits
     */
    public JoinToken {
        queryTypes = List.copyOf(queryTypes);
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name must have 1 to " + MAX_NAME_CHARS + " printable characters");
        }
        if (once != null && !ONCE.matcher(once).matches()) {
            throw new IllegalArgumentException("once must have 16 to 64 characters, a to z and 0 to 9");
        }
    }

    /** A token for any number of hosts. */
    public JoinToken(String name, Trust trust, List<QueryType> queryTypes, long expires) {
        this(name, trust, queryTypes, expires, null);
    }

    /** A token that is no good; the message says why, in words for the owner of the host. */
    public static final class BadToken extends Exception {

        public BadToken(String why) {
            super(why);
        }
    }

    /** The token as text, to be given to the owner of the host. */
    public String sign(Secret secret) {
        try {
            String claims = FORM + "." + text(ProtocolJson.MAPPER.writeValueAsBytes(this));
            return claims + "." + text(proof(secret, claims));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a token could not be written", e);
        }
    }

    /**
     * Reads a token and trusts it.
     *
     * @throws BadToken if this secret did not sign it, or its time is over
     */
    public static JoinToken verify(String token, Secret secret, Instant now) throws BadToken {
        int end = token.lastIndexOf('.');
        if (!token.startsWith(FORM + ".") || end <= FORM.length() || token.length() > MAX_CHARS) {
            throw new BadToken("this is no join token");
        }
        String claims = token.substring(0, end);
        if (!MessageDigest.isEqual(bytes(token.substring(end + 1)), proof(secret, claims))) {
            throw new BadToken("the join token is not of this realm");
        }
        JoinToken read = read(bytes(claims.substring(FORM.length() + 1)));
        if (read.expires <= now.getEpochSecond()) {
            throw new BadToken("the join token has expired at " + Instant.ofEpochSecond(read.expires));
        }
        return read;
    }

    /** What a secret has signed is what we wrote, perhaps in another version. */
    private static JoinToken read(byte[] claims) throws BadToken {
        try {
            return ProtocolJson.MAPPER.readValue(claims, JoinToken.class);
        } catch (IOException e) {
            throw new BadToken("the join token is of another version");
        }
    }

    private static byte[] proof(Secret secret, String claims) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(claims.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) throws BadToken {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BadToken("the join token is damaged");
        }
    }
}
