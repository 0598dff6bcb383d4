// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.mtor.common.cluster.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;

/**
 * A certificate that the gateway made itself, in a file that only its owner can read; made when there is none and again
 * before it ends. It stays the same as long as it can, so that people have to trust it once.
 */
record GeneratedFile(Path file, Clock clock) implements CertificateSource {

    /** Time enough to tell people of a new fingerprint. */
    static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    /** A key store wants one; what protects the key is who may read the file. */
    private static final String PASSWORD = "mtor-gateway";

    GeneratedFile(Path file) {
        this(file, Clock.systemUTC());
    }

    @Override
    public Identity read() {
        try {
            Identity found = Files.exists(file) ? load() : null;
            if (found == null || found.end().isBefore(clock.instant().plus(RENEWED_BEFORE_END))) {
                make();
                return load();
            }
            return found;
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage();
            throw new StartException("cannot keep a certificate in " + file + ": " + why + ".", e);
        }
    }

    private Identity load() throws IOException {
        try (var content = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, PASSWORD.toCharArray());
            if (store.size() != 1) {
                throw new StartException(broken("it holds " + store.size() + " entries"));
            }
            return Identity.of(store, PASSWORD, file.toString());
        } catch (GeneralSecurityException | IOException e) {
            throw new StartException(broken(String.valueOf(e.getMessage())), e);
        }
    }

    private String broken(String why) {
        return "the generated certificate in " + file + " is broken (" + why
                + "); delete the file, and another one is made.";
    }

    /** Beside the old one, in a folder that only the owner can enter; then it takes its place. */
    private void make() throws IOException {
        Path home = file.toAbsolutePath().getParent();
        if (home == null) {
            throw new IOException("it is no file");
        }
        Files.createDirectories(home);
        Path folder = Files.createTempDirectory(home, ".mtor-");
        Path made = folder.resolve("gateway.p12");
        try {
            Keytool.make(made, PASSWORD, MachineNames.all());
            if (Files.getFileAttributeView(made, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
            Files.delete(folder);
        }
    }
}
