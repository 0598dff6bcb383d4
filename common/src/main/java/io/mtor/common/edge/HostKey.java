// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import io.mtor.common.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The key pair of a host, Ed25519 (RFC 8032). Its public half gives the host the last part of its name, so that nobody
 * who lacks the private half can speak for its workers, and no gateway has to remember who they are.
 *
 * @param publicKey as in X.509
 * @param privateKey as in PKCS #8
 */
public record HostKey(Bytes publicKey, Bytes privateKey) {

    private static final String ALGORITHM = "Ed25519";

    /** What is signed begins with this, so that a signature is good for nothing else. */
    private static final byte[] PURPOSE = "mtor edge host 1\n".getBytes(StandardCharsets.US_ASCII);

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** Sixty bits: who wants a key for a given name must make about 10^18 of them. */
    private static final int MARK_CHARS = 12;

    /** A new one. */
    public static HostKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new HostKey(
                    Bytes.of(pair.getPublic().getEncoded()),
                    Bytes.of(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make an Ed25519 key", e);
        }
    }

    /** Both halves as text, for a file that nobody else can read. */
    public String text() {
        return base64(publicKey) + " " + base64(privateKey);
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException if it is not the {@link #text} of a key */
    public static HostKey parse(String text) {
        String[] halves = text.strip().split(" ", -1);
        if (halves.length != 2) {
            throw new IllegalArgumentException("not the key of a host");
        }
        var key = new HostKey(
                Bytes.of(Base64.getDecoder().decode(halves[0])),
                Bytes.of(Base64.getDecoder().decode(halves[1])));
        if (!isProven(key.publicKey, Bytes.EMPTY, key.sign(Bytes.EMPTY))) {
            throw new IllegalArgumentException("the halves of the key do not belong together");
        }
        return key;
    }

    /** Proves that this key is here. */
    public Bytes sign(Bytes nonce) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(privateKey.array()));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(PURPOSE);
            signature.update(nonce.array());
            return Bytes.of(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of this host cannot sign", e);
        }
    }

    /** True if whoever signed the nonce has the private half of this public key. */
    public static boolean isProven(Bytes publicKey, Bytes nonce, Bytes signed) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey.array()));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(PURPOSE);
            signature.update(nonce.array());
            return signature.verify(signed.array());
        } catch (InvalidKeyException | InvalidKeySpecException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot verify an Ed25519 signature", e);
        }
    }

    /** What stands in the names of its workers. */
    public String mark() {
        return markOf(publicKey);
    }

    /** What stands in the names of the workers of the host with this public key: twelve characters, a to z and 2 to 7. */
    public static String markOf(Bytes publicKey) {
        byte[] digest = sha256(publicKey.array());
        var mark = new StringBuilder();
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << Byte.SIZE | (digest[i] & 0xff);
        }
        for (int i = 0; i < MARK_CHARS; i++) {
            mark.append(BASE32.charAt((int) (bits >>> (59 - 5 * i) & 31)));
        }
        return mark.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "key of host " + mark();
    }
}
