// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A certificate and its key as an operator has them: two PEM files, made anew by each call. */
record Pem(Path certificate, Path key) {

    private static final String PASSWORD = "for-this-test";

    static Pem in(Path folder) {
        return new Pem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    }

    /** Writes another certificate into the files; gives it. */
    X509Certificate renew() throws Exception {
        Path made = Files.createTempDirectory(certificate.getParent(), "made").resolve("made.p12");
        Keytool.make(made, PASSWORD, List.of("localhost", "127.0.0.1"));
        KeyStore store = KeyStore.getInstance(made.toFile(), PASSWORD.toCharArray());
        var fresh = (X509Certificate) store.getCertificate("gateway");
        Key secret = store.getKey("gateway", PASSWORD.toCharArray());
        write(key, "PRIVATE KEY", secret.getEncoded());
        write(certificate, "CERTIFICATE", fresh.getEncoded());
        return fresh;
    }

    private static void write(Path file, String what, byte[] content) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    String[] options() {
        return new String[] {
            "--gateway.tls.port=0",
            "--gateway.tls.look=50ms",
            "--gateway.tls.certificate=" + certificate,
            "--gateway.tls.key=" + key
        };
    }
}
