// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mtor.common.cluster.StartException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate and its key as the operator's files, which somebody else renews. */
record PemFiles(Path certificate, Path key) implements CertificateSource {

    private static final String PASSWORD = "in memory only";

    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<body>[A-Za-z0-9+/=\\s]+)-----END [A-Z ]*PRIVATE KEY-----");

    @Override
    public Identity read() {
        Certificate[] chain = chain();
        PrivateKey secret = secret(chain[0].getPublicKey().getAlgorithm());
        try {
            KeyStore store = Identity.emptyStore();
            store.setKeyEntry("gateway", secret, PASSWORD.toCharArray(), chain);
            return Identity.of(store, PASSWORD, certificate + " and " + key);
        } catch (GeneralSecurityException e) {
            throw new StartException("cannot use " + certificate + " and " + key + ": " + e.getMessage() + ".", e);
        }
    }

    private Certificate[] chain() {
        try {
            var all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(certificate)));
            if (all.isEmpty()) {
                throw new StartException("there is no certificate in " + certificate + ".");
            }
            return all.toArray(Certificate[]::new);
        } catch (CertificateException e) {
            throw new StartException("there is no certificate in " + certificate + ": " + e.getMessage() + ".", e);
        }
    }

    private PrivateKey secret(String algorithm) {
        Matcher pem = PRIVATE_KEY.matcher(new String(bytes(key), US_ASCII));
        if (!pem.find()) {
            throw new StartException("there is no private key in " + key + ".");
        }
        if (!pem.group("kind").isEmpty()) {
            throw new StartException("the key in " + key + " is not PKCS #8 without a password; openssl pkcs8 -topk8"
                    + " -nocrypt makes such a one of it.");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group("body"));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StartException(
                    "the key in " + key + " is broken, or of another kind than the certificate (" + algorithm + ").",
                    e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StartException("there is no file " + file + ".", e);
        } catch (IOException e) {
            throw new StartException("cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
