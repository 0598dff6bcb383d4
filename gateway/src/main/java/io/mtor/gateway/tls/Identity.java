// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.mtor.common.cluster.StartException;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;

/** A certificate with its key. Two are equal if their certificates are. */
record Identity(X509Certificate certificate, KeyStore store, String password) {

    /**
     * The only entry of a key store.
     *
     * @param where the files it came from, for the error
     */
    static Identity of(KeyStore store, String password, String where) {
        try {
            String alias = Collections.list(store.aliases()).getFirst();
            var certificate = (X509Certificate) store.getCertificate(alias);
            if (!(store.getKey(alias, password.toCharArray()) instanceof PrivateKey key)) {
                throw new StartException("there is no private key in " + where + ".");
            }
            if (!belong(key, certificate)) {
                throw new StartException("the key does not belong to the certificate: " + where + ".");
            }
            return new Identity(certificate, store, password);
        } catch (GeneralSecurityException e) {
            throw new StartException("cannot use " + where + ": " + e.getMessage() + ".", e);
        }
    }

    /** What one signs, the other must confirm. */
    private static boolean belong(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        if (!sameKind(key.getAlgorithm(), algorithm)) {
            return false;
        }
        byte[] something = certificate.getEncoded();
        var signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        signature.initSign(key);
        signature.update(something);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(something);
        return signature.verify(signed);
    }

    private static boolean sameKind(String one, String other) {
        return one.equals(other) || (one.startsWith("Ed") && other.startsWith("Ed"));
    }

    KeyCertOptions options() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            return KeyCertOptions.wrap(keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /** SHA-256, as browsers show it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty key store in memory. */
    static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        try {
            return other instanceof Identity that
                    && Arrays.equals(certificate.getEncoded(), that.certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }
}
