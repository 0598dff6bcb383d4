// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.config.KeptFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text file that keeps a {@link HostBook}: one {@link HostEntry} in a line; empty lines and those that begin with
 * {@code #} say nothing. Gateways and people only ever write at its end. All of it blocks.
 *
 * @param path where it is, or will be with its first line
 */
public record HostBookFile(Path path) {

    private static final String HEADING = "# Hosts of this realm, see mtor host --help; lines are added only.";

    private static final long MAX_BYTES = 16 << 20;

    /** Of two that write in one process at once, the second sees what the first has written. */
    private static final Object WRITING = new Object();

    /**
     * The lines that say something; none if there is no file.
     *
     * @throws IOException naming the file
     */
    public List<String> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            // What is no UTF-8 spoils its own line only.
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes those of the entries that are not there yet.
     *
     * @throws IOException naming the file
     */
    public void append(List<HostEntry> entries) throws IOException {
        synchronized (WRITING) {
            Set<String> known = new HashSet<>(read());
            List<String> missing = entries.stream()
                    .map(HostEntry::line)
                    .filter(line -> !known.contains(line))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            if (!Files.exists(path)) {
                KeptFile.readOrMake(path, () -> HEADING);
            }
            try {
                String start = endsInALine() ? "" : "\n";
                Files.writeString(path, start + String.join("\n", missing) + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
            }
        }
    }

    private boolean endsInALine() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        return bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    }
}
