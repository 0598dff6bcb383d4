// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one server, of one version, answers to whoever looks at it, and what it is to be called. One file in
 * {@code src/test/resources/servers} each.
 */
public final class RecordedServer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;

    private final JsonNode file;

    private RecordedServer(String name, JsonNode file) {
        this.name = name;
        this.file = file;
    }

    /** One answer. */
    public record Recorded(int status, String server, String type, String text) {}

    /** All that are recorded. */
    public static Stream<RecordedServer> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().map(RecordedServer::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them, such as {@code vllm-0.11}. */
    public static RecordedServer of(String name) {
        return read(folder().resolve(name + ".json"));
    }

    private static Path folder() {
        URL folder = Objects.requireNonNull(RecordedServer.class.getResource("/servers"), "servers");
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecordedServer read(Path path) {
        try {
            String name = path.getFileName().toString().replace(".json", "");
            return new RecordedServer(name, MAPPER.readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its kind and version, or why it is not offered. */
    public String named() {
        return file.path("named").asText();
    }

    /** Each query type with its models. */
    public List<String> serves() {
        return file.path("serves").valueStream().map(JsonNode::asText).toList();
    }

    public int slots() {
        return file.path("slots").asInt();
    }

    /** What it says at a path: what was recorded there, or what it says at paths that it does not know. */
    public Recorded at(String path) {
        JsonNode reply = file.path("replies").path(path);
        JsonNode said = reply.isMissingNode() ? file.path("unknown") : reply;
        boolean json = said.has("json");
        return new Recorded(
                said.path("status").asInt(200),
                file.path("server").asText(),
                said.path("type").asText(json ? "application/json; charset=utf-8" : ""),
                (json ? said.path("json").toString() : said.path("text").asText()).replace("{path}", path));
    }

    @Override
    public String toString() {
        return name;
    }
}
