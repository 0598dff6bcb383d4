// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.CommandLine;
import io.mtor.realm.RealmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A realm's configuration file, the one of {@code mtor up}, parted among the processes that play its roles. */
public final class RealmFile {

    private static final TomlMapper TOML = new TomlMapper();

    private RealmFile() {}

    /** True if a realm can be started with it; says on the console what is wrong otherwise. */
    static boolean isGood(Path file) {
        var commandLine = new CommandLine("mtor cluster", Aliases.none(), Map.of(), System.out, System.err);
        List<String> arguments = List.of("--config", file.toString());
        return commandLine.read(RealmConfig.class, arguments) instanceof CommandLine.Next.Start<RealmConfig>;
    }

    /** Writes each role's part into the directory. */
    public static Map<Role, Path> part(Path file, Path directory) throws IOException {
        JsonNode realm = TOML.readTree(file.toFile());
        Map<Role, Path> parts = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            if (realm.has(role.section())) {
                var own = TOML.createObjectNode().set(role.ownSection(), realm.get(role.section()));
                parts.put(
                        role,
                        Files.writeString(directory.resolve(role.label() + ".toml"), TOML.writeValueAsString(own)));
            }
        }
        return parts;
    }
}
