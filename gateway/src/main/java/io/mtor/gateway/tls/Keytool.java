// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The certificate tool of every Java runtime: the JDK has no public way to sign a certificate. */
final class Keytool {

    /**
     * People accept a warning anew each time, so rarely; but a key that was stolen should not be good for ever, and Apple's systems
     * take no server certificate that is good for more than 825 days.
     */
    static final Duration VALIDITY = Duration.ofDays(365);

    private Keytool() {}

    /** Writes a key store with a new key and a certificate that it signed itself. */
    static void make(Path file, String password, List<String> names) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-sigalg",
                        "SHA256withECDSA",
                        "-dname",
                        "CN=MTOR gateway",
                        "-validity",
                        String.valueOf(VALIDITY.toDays()),
                        "-ext",
                        "san=" + names.stream().map(Keytool::typed).collect(Collectors.joining(",")),
                        "-ext",
                        "eku=serverAuth",
                        "-ext",
                        "ku:critical=digitalSignature",
                        "-ext",
                        "bc:critical=ca:false",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool says: " + said.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String typed(String name) {
        return (MachineNames.isAddress(name) ? "ip:" : "dns:") + name;
    }
}
