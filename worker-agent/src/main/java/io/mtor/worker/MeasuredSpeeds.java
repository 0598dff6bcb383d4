// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured on this host, by the name of the model server or program; kept in a file.
 *
 * @param byServer such as {@code ollama 127.0.0.1:11434}
 */
public record MeasuredSpeeds(Map<String, List<Speed>> byServer) {

    /** Nothing was measured. */
    public static final MeasuredSpeeds NONE = new MeasuredSpeeds(Map.of());

    private static final TypeReference<TreeMap<String, List<Speed>>> FORM = new TypeReference<>() {};

    public MeasuredSpeeds {
        byServer = Map.copyOf(byServer);
    }

    /** Of one model server or program. */
    public List<Speed> of(String server) {
        return byServer.getOrDefault(server, List.of());
    }

    /** These in place of what was known of the same servers. */
    public MeasuredSpeeds with(MeasuredSpeeds newer) {
        var all = new TreeMap<>(byServer);
        all.putAll(newer.byServer);
        return new MeasuredSpeeds(all);
    }

    /** @throws IOException if there is a file that cannot be read, or holds something else */
    public static MeasuredSpeeds read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds no speeds; delete it, and measure again", e);
        }
    }

    /** @throws IllegalArgumentException if these are no speeds */
    static MeasuredSpeeds parse(String text) {
        try {
            var read = new MeasuredSpeeds(ProtocolJson.MAPPER.readValue(text, FORM));
            if (read.byServer.values().stream().flatMap(List::stream).allMatch(Speed::plausible)) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no speeds", e);
        }
        throw new IllegalArgumentException("speeds that cannot be");
    }

    /** Keeps them, in place of what was there. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        Path made = Files.createTempFile(folder, ".mtor-", ".tmp");
        try {
            Files.writeString(made, ProtocolJson.MAPPER.writeValueAsString(new TreeMap<>(byServer)) + "\n");
            // The agent may be another user; nothing in it is secret.
            made.toFile().setReadable(true, false);
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
