// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where a running agent is reached, and the word that shows that its owner speaks; kept in a file that only he can read.
 *
 * @param url such as {@code http://127.0.0.1:8416}
 * @param token new at each start
 */
public record Reach(String url, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int TOKEN_BYTES = 16;

    static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** The page, with the word behind the sign that browsers keep to themselves. */
    public String page() {
        return url + "/#" + token;
    }

    /** What is kept there; nothing if there is no such file or no such thing in it. */
    public static Optional<Reach> read(Path file) throws IOException {
        try {
            var kept = JSON.readTree(Files.readString(file));
            String url = kept.path("url").asText();
            String token = kept.path("token").asText();
            return url.matches("http://127\\.0\\.0\\.1:\\d{1,5}") && token.matches("[0-9a-f]{32}")
                    ? Optional.of(new Reach(url, token))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Keeps it, in place of what was there. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        Path made = Files.createTempFile(folder, ".mtor-", ".tmp", ownersOnly(folder));
        try {
            Files.writeString(made, JSON.writeValueAsString(Map.of("url", url, "token", token)) + "\n");
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Takes it away, unless another agent has put itself in its place. */
    void remove(Path file) throws IOException {
        if (read(file).filter(this::equals).isPresent()) {
            Files.deleteIfExists(file);
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Never the token. */
    @Override
    public String toString() {
        return url;
    }
}
