// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.cluster.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates as they are found in files: good, old and broken ones. */
class CertificatesTest {

    @TempDir
    private Path folder;

    private GeneratedFile generated(Instant now) {
        return new GeneratedFile(folder.resolve("kept/gateway.p12"), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void shouldReadWhatAnOperatorHas() throws Exception {
        var pem = Pem.in(folder);
        var certificate = pem.renew();

        Identity read = new PemFiles(pem.certificate(), pem.key()).read();

        assertThat(read.certificate()).isEqualTo(certificate);
        assertThat(read.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void shouldNameTheFileThatIsBroken() throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        String certificate = Files.readString(pem.certificate());
        String key = Files.readString(pem.key());

        Files.writeString(pem.certificate(), "nothing");
        assertBroken(pem, "there is no certificate in " + pem.certificate());
        Files.writeString(pem.certificate(), certificate.substring(0, 200));
        assertBroken(pem, "there is no certificate in " + pem.certificate());
        Files.delete(pem.certificate());
        assertBroken(pem, "there is no file " + pem.certificate());
        Files.writeString(pem.certificate(), certificate);
        Files.writeString(pem.key(), "nothing");
        assertBroken(pem, "there is no private key in " + pem.key());
        Files.writeString(pem.key(), key.replace("PRIVATE KEY", "EC PRIVATE KEY"));
        assertBroken(pem, "the key in " + pem.key() + " is not PKCS #8");
        Files.writeString(pem.key(), key.replaceFirst("\n[^\n]{20}", "\n" + "A".repeat(20)));
        assertBroken(pem, "the key in " + pem.key() + " is broken");
        Files.delete(pem.key());
        assertBroken(pem, "there is no file " + pem.key());
    }

    @Test
    void shouldRefuseTheKeyOfAnotherCertificate() throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        String key = Files.readString(pem.key());
        pem.renew();

        Files.writeString(pem.key(), key);

        assertBroken(pem, "the key does not belong to the certificate: " + pem.certificate());
    }

    @Test
    void shouldRefuseAKeyOfAnotherKind() throws Exception {
        var pem = Pem.in(folder);
        pem.renew();
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();

        Files.writeString(
                pem.key(),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(rsa)
                        + "\n-----END PRIVATE KEY-----\n");

        assertBroken(pem, "the key in " + pem.key() + " is broken, or of another kind than the certificate (EC)");
    }

    private static void assertBroken(Pem pem, String why) {
        var files = new PemFiles(pem.certificate(), pem.key());
        assertThatThrownBy(files::read).isInstanceOf(StartException.class).hasMessageContaining(why);
    }

    @Test
    void shouldMakeACertificateForAYearThatNamesThisMachine() throws Exception {
        Identity made = generated(Instant.now()).read();

        assertThat(Duration.between(made.certificate().getNotBefore().toInstant(), made.end()))
                .isEqualTo(Duration.ofDays(365));
        assertThat(made.certificate().getSubjectAlternativeNames())
                .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        for (String address : MachineNames.lanAddresses()) {
            if (!address.contains(":")) {
                assertThat(made.certificate().getSubjectAlternativeNames()).contains(List.of(7, address));
            }
        }
        assertThat(made.certificate().getBasicConstraints()).as("no authority").isEqualTo(-1);
        made.certificate().verify(made.certificate().getPublicKey());
    }

    @Test
    void shouldKeepItUntilAMonthBeforeItEndsAndThenMakeAnother() {
        Instant now = Instant.now();
        Identity first = generated(now).read();

        assertThat(generated(now.plus(Duration.ofDays(330))).read()).isEqualTo(first);
        assertThat(generated(now.plus(Duration.ofDays(336))).read()).isNotEqualTo(first);
    }

    @Test
    void shouldNotReplaceAFileThatItCannotRead() throws Exception {
        Path file = folder.resolve("kept/gateway.p12");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nothing");

        assertThatThrownBy(generated(Instant.now())::read)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the generated certificate in " + file + " is broken")
                .hasMessageEndingWith("delete the file, and another one is made.");
        assertThat(file).hasContent("nothing");
    }
}
