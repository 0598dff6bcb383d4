// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.mtor.common.config.Node.Leaf;
import io.mtor.common.config.Node.Sections;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A TOML file, flattened into paths: {@code gateway.port}, {@code command[0].program}. */
final class ConfigFile {

    /** A longer file is refused: no person wrote it. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private final Schema schema;
    private final String name;
    private final TomlLines lines;
    private final Source source = new Source();

    private ConfigFile(Schema schema, String name, String toml) {
        this.schema = schema;
        this.name = name;
        this.lines = new TomlLines(toml);
    }

    static Source read(Schema schema, Path path) {
        var failed = new Source();
        try {
            String toml = Files.readString(path);
            if (toml.length() > MAX_CHARACTERS) {
                failed.refuse("--config", path.toString(), "longer than " + MAX_CHARACTERS + " characters");
                return failed;
            }
            var file = new ConfigFile(schema, path.toString(), toml);
            file.flatten("", new TomlMapper().readTree(toml));
            return file.source;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            failed.refuse("--config", path + ":" + line, "not TOML: " + e.getOriginalMessage());
        } catch (NoSuchFileException e) {
            failed.refuse("--config", path.toString(), "there is no such file");
        } catch (CharacterCodingException e) {
            failed.refuse("--config", path.toString(), "not a text file in UTF-8");
        } catch (IOException e) {
            failed.refuse("--config", path.toString(), "cannot be read: " + e);
        }
        return failed;
    }

    private void flatten(String path, JsonNode node) {
        String open = path.replaceAll("\\[\\d+]", "[]");
        Leaf leaf = schema.leaves().get(open);
        Node section = schema.sections().get(open);
        if (leaf != null) {
            value(path, leaf, node);
        } else if (section instanceof Sections && node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i));
            }
        } else if (section instanceof Node.Section && node.isObject()) {
            source.open(path);
            node.properties()
                    .forEach(child ->
                            flatten(path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue()));
        } else if (section != null) {
            String expected = section instanceof Sections ? "a list of tables, [[" + path + "]]" : "a table";
            source.refuse(path, origin(path), "is " + expected + ", not a single value");
        } else {
            source.refuse(
                    path,
                    origin(path),
                    "unknown key" + Suggestion.forName(open, schema.leaves().keySet()));
        }
    }

    private void value(String path, Leaf leaf, JsonNode node) {
        if (node.isObject()) {
            source.refuse(path, origin(path), "must be " + leaf.allowed() + ", not a table");
        } else if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(element.isValueNode() ? element.asText() : element.toString()));
            source.put(path, new Given(List.copyOf(texts), true, origin(path)));
        } else {
            source.put(path, Given.of(node.asText(), origin(path)));
        }
    }

    private String origin(String path) {
        return name + ":" + lines.of(path);
    }
}
